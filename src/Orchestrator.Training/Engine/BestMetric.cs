using Orchestrator.Domain.Specs;

namespace Orchestrator.Training.Engine;

/// <summary>The best value of a trial's metric so far.</summary>
internal sealed class BestMetric(MetricSpec metric)
{
    internal double? Value { get; private set; }

    internal int Epoch { get; private set; }

    internal void Update(int epoch, IReadOnlyDictionary<string, double> metrics)
    {
        if (!metrics.TryGetValue(metric.Name, out var value) || (Value is { } best && !metric.IsBetter(value, best)))
            return;
        (Value, Epoch) = (value, epoch);
    }
}
