using Orchestrator.Specs.Keys;

namespace Orchestrator.Specs.Tests;

public sealed class ShippedFilesTests
{
    private static readonly string Root = FindRoot();

    /// <summary>To write the file anew: <c>ORCHESTRATOR_WRITE_SCHEMA=1 dotnet test tests/Orchestrator.Specs.Tests</c>.</summary>
    [Fact]
    public void Schema_InDocs_IsThatOfTheParser()
    {
        var path = Path.Combine(Root, "docs", "sweep.schema.json");
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_WRITE_SCHEMA") == "1") File.WriteAllText(path, SweepSchema.Text());

        Assert.Equal(SweepSchema.Text(), File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Guide_InDocs_NamesEveryKeyAndDistribution()
    {
        var guide = File.ReadAllText(Path.Combine(Root, "docs", "sweep-file.md"));
        var names = SweepKeys.Root.Names.Concat(ParameterKeys.Table.Names).Concat(DistributionWord.All.Select(d => d.Word));

        Assert.DoesNotContain(names, name => !guide.Contains($"`{name}`", StringComparison.Ordinal));
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Orchestrator.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
