using Orchestrator.Domain.Specs;

namespace Orchestrator.Cli.Commands;

/// <summary>How many workers to start on this machine.</summary>
internal static class WorkerCount
{
    /// <summary>One for each core, in whole gangs, at least one gang, and no more gangs than the sweep runs at once.</summary>
    public static int For(ResourcesSpec resources, int cores)
    {
        var gangs = Math.Max(1, cores / resources.WorldSize);
        return Math.Min(gangs, resources.MaxParallel ?? gangs) * resources.WorldSize;
    }
}
