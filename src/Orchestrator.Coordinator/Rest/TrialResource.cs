using Orchestrator.Coordinator.Gateway;
using Orchestrator.Domain.Parameters;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>A trial in the REST API.</summary>
internal sealed record TrialResource(
    int Number,
    string Status,
    string? Reason,
    IReadOnlyDictionary<string, object> Parameters,
    long Seed,
    int Attempt,
    int Epoch,
    int? Epochs,
    long Step,
    IReadOnlyDictionary<string, double> Metrics,
    double? BestMetric,
    int? BestEpoch,
    IReadOnlyList<string> Workers,
    ProgressResource? Progress,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int? Parent,
    int? ParentEpoch,
    IReadOnlyList<string> Findings)
{
    public static TrialResource Of(TrialView view) => new(
        view.Number, Messages.Name(view.Status), view.Reason, ParameterSet.FromJson(view.Parameters).ToDictionary(p => p.Key, p => Plain(p.Value), StringComparer.Ordinal),
        view.Seed, view.Attempt, view.Epoch, view.Epochs == 0 ? null : view.Epochs, view.Step, view.Metrics, view.BestMetric, view.BestMetric is null ? null : view.BestEpoch,
        view.Workers, view.Progress is { } progress ? ProgressResource.Of(progress) : null, view.StartedAt, view.EndedAt, view.Parent, view.Parent is null ? null : view.ParentEpoch, view.Findings);

    private static object Plain(ParameterValue value) => value switch
    {
        ParameterValue.Integer i => i.Value,
        ParameterValue.Real r => r.Value,
        ParameterValue.Flag f => f.Value,
        _ => value.ToString()!,
    };
}
