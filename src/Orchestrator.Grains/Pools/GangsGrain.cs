using System.Collections.Immutable;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Pools;

/// <summary>Remembers what was said lately; what is not said again is over.</summary>
public sealed class GangsGrain(TimeProvider time) : Grain, IGangsGrain
{
    private static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (GangRequest Request, DateTimeOffset SaidAt)> _requests = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task Want(GangRequest request)
    {
        if (request.Waiting > 0 || request.Running > 0) _requests[request.Experiment] = (request, time.GetUtcNow());
        else _requests.Remove(request.Experiment);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<GangRequest>> List()
    {
        var now = time.GetUtcNow();
        foreach (var (experiment, (_, saidAt)) in _requests)
        {
            if (now - saidAt > BelievedFor) _requests.Remove(experiment);
        }
        return Task.FromResult<ImmutableArray<GangRequest>>([.. _requests.Values.Select(r => r.Request).OrderBy(r => r.Experiment, StringComparer.Ordinal)]);
    }
}
