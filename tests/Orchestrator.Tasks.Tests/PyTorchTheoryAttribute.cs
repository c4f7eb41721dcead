namespace Orchestrator.Tasks.Tests;

/// <summary>A theory that needs Debian's python3-torch; skipped, saying so, where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PyTorchTheoryAttribute : TheoryAttribute
{
    public PyTorchTheoryAttribute()
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/torch"))
            Skip = "python3-torch is not installed";
    }
}
