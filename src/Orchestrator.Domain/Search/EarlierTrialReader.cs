using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Domain.Search;

/// <summary>Gathers the finished trials of an experiment from its events, for another one to learn from.</summary>
/// <param name="metric">What the other one optimises; trials that never reported it count as having measured nothing.</param>
public sealed class EarlierTrialReader(MetricSpec metric)
{
    /// <summary>The most trials that are kept: the newest. They are written with the first event of the other experiment.</summary>
    public const int MostTrials = 2000;

    private readonly Dictionary<int, Known> _running = [];
    private readonly Queue<EarlierTrial> _ended = [];

    /// <summary>The finished trials, in the order in which they ended.</summary>
    public IReadOnlyList<EarlierTrial> Trials => [.. _ended];

    /// <summary>Takes the next event. Forked trials are left out: what they measure is not what their points give from the beginning.</summary>
    public void Read(ExperimentEvent value)
    {
        switch (value)
        {
            case TrialProposed proposed:
                _running[proposed.Trial] = new Known(proposed.Parameters);
                break;
            case TrialReported reported when _running.TryGetValue(reported.Trial, out var trial) && reported.Epoch > trial.Epoch:
                trial.Epoch = reported.Epoch;
                trial.Metrics = reported.Metrics;
                if (reported.Metrics.TryGetValue(metric.Name, out var measured) && (trial.Best is not { } best || metric.IsBetter(measured, best))) trial.Best = double.IsNaN(measured) ? trial.Best : measured;
                break;
            case TrialEnded { Status: not TrialStatus.Cancelled } ended when _running.Remove(ended.Trial, out var trial):
                _ended.Enqueue(new EarlierTrial(trial.Parameters, trial.Best, ended.Status == TrialStatus.Stopped ? trial.Epoch : null, trial.Metrics));
                if (_ended.Count > MostTrials) _ended.Dequeue();
                break;
        }
    }

    private sealed class Known(ParameterSet parameters)
    {
        public ParameterSet Parameters { get; } = parameters;

        public int Epoch { get; set; }

        public double? Best { get; set; }

        public IReadOnlyDictionary<string, double>? Metrics { get; set; }
    }
}
