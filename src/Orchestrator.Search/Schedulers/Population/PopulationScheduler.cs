using System.Globalization;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Schedulers.Population;

/// <summary>
/// Population based training: at each interval all trials of the population pause until the last one is there; the worst are stopped, and each makes
/// room for a fork of one of the best with other parameters. That nobody is compared with trials at other epochs makes a run independent of timing
/// and of the number of workers. Jaderberg et al., Population Based Training of Neural Networks, 2017 (exploit: truncation selection).
/// </summary>
/// <param name="spec">The intervals and shares.</param>
/// <param name="metric">What is optimised.</param>
/// <param name="size">How many trials the population has.</param>
/// <param name="seed">Of everything random here.</param>
/// <param name="explorer">Chooses the parameters of a fork.</param>
internal sealed class PopulationScheduler(EarlyTerminateSpec.Population spec, MetricSpec metric, int size, long seed, IExplorer explorer) : ITrialScheduler
{
    private readonly SortedDictionary<int, PopulationMember> _members = [];
    private int _proposed;

    public SchedulerDecision Decide(SchedulerReport report)
    {
        if (!_members.TryGetValue(report.TrialNumber, out var member) || report.Resource < member.NextComparison) return SchedulerDecision.Continue;
        return SchedulerDecision.PauseBecause(string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {report.Metric:G6} waits for the population after {report.Resource} epochs."));
    }

    public void Observe(SchedulerReport report)
    {
        if (!_members.TryGetValue(report.TrialNumber, out var member) || report.Resource < member.NextComparison) return;
        var value = Turned(report.Metric);
        if (double.IsFinite(value) && double.IsFinite(member.Value)) explorer.Learn(new Improvement(report.Resource, member.Parameters, value - member.Value));
        member.Value = value;
        member.NextComparison = report.Resource - report.Resource % spec.Interval + spec.Interval;
    }

    public void Observe(SearchObservation observation)
    {
        switch (observation)
        {
            case SearchObservation.Proposed o:
                _members.Add(o.TrialNumber, Newborn(o));
                if (o.Parent is null) _proposed++;
                break;
            case SearchObservation.Paused o when _members.TryGetValue(o.TrialNumber, out var member):
                member.IsPaused = true;
                break;
            case SearchObservation.Resumed o when _members.TryGetValue(o.TrialNumber, out var member):
                member.IsPaused = false;
                break;
            case SearchObservation.Ended o:
                _members.Remove(o.TrialNumber);
                break;
        }
    }

    public IReadOnlyList<SchedulerAction> Release(bool idle)
    {
        if (_members.Count == 0 || _proposed < size && !idle || _members.Values.Any(m => !m.IsPaused)) return [];
        var ranked = _members.OrderBy(m => m.Value.Value).ThenBy(m => m.Key).Select(m => m.Key).ToList();
        var replaced = Math.Min((int)Math.Ceiling(ranked.Count * spec.Share), ranked.Count / 2);
        var random = SplitMix64.ForStream(seed, ranked[0] + ((long)ranked[^1] << 24) + ((long)_members[ranked[0]].NextComparison << 40));
        var forks = new List<SchedulerAction>();
        var taken = new List<ParameterSet>();
        foreach (var loser in ranked.Skip(ranked.Count - replaced))
        {
            var parent = ranked[(int)random.NextBelow((ulong)replaced)];
            var member = _members[parent];
            var parameters = explorer.Explore(member.Parameters, member.NextComparison - spec.Interval, taken, ref random);
            taken.Add(parameters);
            forks.Add(new SchedulerAction.Stop(loser, $"It is among the worst {replaced} of {ranked.Count}; a fork of trial {parent} takes its place."));
            forks.Add(new SchedulerAction.Fork(parent, parameters, $"It takes the place of trial {loser}."));
        }
        return [.. forks, .. ranked.Take(ranked.Count - replaced).Order().Select(trial => new SchedulerAction.Resume(trial, "It is not among the worst of the population."))];
    }

    /// <summary>A fork begins where its parent is.</summary>
    private PopulationMember Newborn(SearchObservation.Proposed born)
    {
        var parent = born.Parent is { } number ? _members.GetValueOrDefault(number) : null;
        return new PopulationMember(born.Parameters) { Value = parent?.Value ?? double.NaN, NextComparison = parent?.NextComparison ?? spec.Interval };
    }

    /// <summary>Less is better, and NaN is worst.</summary>
    private double Turned(double value) => double.IsNaN(value) ? double.PositiveInfinity : metric.Goal == Goal.Maximize ? -value : value;
}
