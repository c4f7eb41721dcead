using System.Collections.Immutable;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Progress;

/// <summary>What this client knows of an experiment: the updates of a watch, folded.</summary>
internal sealed class ExperimentView
{
    private ImmutableSortedDictionary<int, Trial> _trials = ImmutableSortedDictionary<int, Trial>.Empty;

    /// <summary>The header; its own list of trials is empty.</summary>
    public Experiment Experiment { get; private set; } = new();

    /// <summary>Every trial by number.</summary>
    public IReadOnlyCollection<Trial> Trials => _trials.Values as IReadOnlyCollection<Trial> ?? [.. _trials.Values];

    /// <summary>The best trial, or null before the first report.</summary>
    public Trial? Best => _trials.GetValueOrDefault(Experiment.BestTrial);

    /// <summary>The metrics that are optimised.</summary>
    public IEnumerable<string> Metrics => [Experiment.Metric, .. Experiment.FurtherMetrics];

    /// <summary>With several metrics, the trials that no other one beats.</summary>
    public IEnumerable<Trial> ParetoFront => Experiment.ParetoFront.Select(number => _trials[number]);

    /// <summary>Whether nothing more happens to it by itself: terminal or stopped.</summary>
    public bool HasEnded => Experiment.Status is not ("" or ExperimentStatus.Running);

    /// <summary>Takes an update in.</summary>
    public void Apply(ExperimentUpdate update)
    {
        if (update.Experiment is { } header) Experiment = header;
        _trials = _trials.SetItems(update.Trials.Select(trial => KeyValuePair.Create(trial.Number, trial)));
    }

    /// <summary>The view as it is now, unmoved by later updates.</summary>
    public ExperimentView Copy() => new() { Experiment = Experiment, _trials = _trials };

    /// <summary>A view of a whole experiment.</summary>
    public static ExperimentView Of(Experiment experiment)
    {
        var view = new ExperimentView();
        var header = experiment.Clone();
        header.Trials.Clear();
        view.Apply(new ExperimentUpdate { Experiment = header, Trials = { experiment.Trials } });
        return view;
    }
}
