using Orchestrator.Collectives;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests.Elastic;

/// <summary>Gives a rank the generations that the test made for it, one after the other.</summary>
internal sealed class FixedRegrouping(TrialAssignment assignment, params IProcessGroup[] generations) : IRegrouping
{
    private int _next;

    public RegroupedRank Next(CollectiveException lost, CancellationToken abort)
    {
        if (_next == generations.Length) throw lost;
        return new RegroupedRank(generations[_next], assignment with { Generation = ++_next + 1 });
    }
}
