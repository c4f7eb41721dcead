namespace Orchestrator.Tasks.Tests;

/// <summary>A test on all of MNIST, which the repository does not ship: skipped unless the folder with its four files is named.</summary>
public sealed class FullMnistFactAttribute : FactAttribute
{
    private const string Variable = "MNIST_FOLDER";

    public FullMnistFactAttribute()
    {
        if (Folder.Length == 0)
            Skip = $"Takes minutes and all of MNIST: set {Variable} to the folder with its four files.";
    }

    internal static string Folder { get; } = Environment.GetEnvironmentVariable(Variable) ?? "";
}
