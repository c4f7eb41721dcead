namespace Orchestrator.Functional.Tests.Support;

/// <summary>A test of what only the upstream build has.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UpstreamFactAttribute : FactAttribute
{
    public UpstreamFactAttribute()
    {
        if (!OrchProcess.IsUpstream) Skip = "The embedded build has one silo. Run it on the upstream build: ./upstream Functional";
    }
}
