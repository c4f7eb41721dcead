using System.Collections.Immutable;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;
using Orchestrator.Grains.Experiments;
using Orchestrator.Placement;

namespace Orchestrator.Grains.Pools;

/// <summary>Between the pool's types and what crosses grain calls.</summary>
internal static class PoolViews
{
    public static WorkerOffer Offer(WorkerRegistration worker) => new(new WorkerId(worker.Worker), worker.Gang.Length > 0 ? $"{worker.Gang}/{worker.Host}" : worker.Host, DeviceNames.Parse(worker.Device))
    {
        DeviceId = worker.DeviceId,
        Memory = worker.Memory,
        MemoryOf = worker.MemoryOf,
        Rack = worker.Rack,
        // A gang that the cluster started as one is a place of its own, also where two share a machine: no trial is put on parts of two.
        Zone = worker.Gang.Length > 0 ? worker.Gang : worker.Zone,
    };

    public static Demand Demand(PoolRequest request) => new(request.Gangs, request.WorldSize, DeviceNames.Parse(request.Device))
    {
        Queue = request.Queue,
        Priority = request.Priority,
        Share = request.DeviceShare,
        Memory = request.Memory,
        Prefer = request.Prefer,
        Require = request.Require,
        ExcludedHosts = request.ExcludedHosts.ToHashSet(StringComparer.Ordinal),
    };

    public static WaitingView Waiting(Waiting waiting) =>
        new(waiting.Queue, waiting.Position, waiting.Length, waiting.Since, waiting.Cause.ToString().ToLowerInvariant(), waiting.Text);

    public static QueueView Queue(QueueUsage usage) => new(
        usage.Settings.Name, usage.Settings.Weight, usage.Settings.Class, Named(usage.Settings.Quota), Named(usage.Taken), usage.DominantShare,
        [.. usage.Waiting.Select(e => new QueueEntryView(e.Experiment.Value, e.Demand.Gangs, e.Demand.WorldSize, e.Demand.Priority, Waiting(e.Why)))],
        usage.Budget is { } budget ? new QueueBudgetView(budget.Budget.DeviceHours, budget.Used.TotalHours, budget.Budget.Every?.ToString().ToLowerInvariant() ?? "", budget.Renews) : null);

    private static ImmutableDictionary<string, double> Named(IReadOnlyDictionary<DeviceKind, double> devices) =>
        devices.ToImmutableDictionary(d => DeviceNames.Of(d.Key), d => d.Value, StringComparer.Ordinal);
}
