using System.Collections.Immutable;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Pools;

/// <summary>What was last said of why there will be no more workers, by kind of device.</summary>
internal sealed class Shortages
{
    private static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(1);

    private ImmutableArray<Shortage> _said = [];
    private DateTimeOffset _saidAt;

    public void Set(ImmutableArray<Shortage> shortages, DateTimeOffset now) => (_said, _saidAt) = (shortages, now);

    /// <summary>What an experiment waits for, with what is known of why no worker comes. One that runs nothing and waits in vain can never fit.</summary>
    public WaitingView Explain(WaitingView waiting, PoolRequest request, DateTimeOffset now)
    {
        if (waiting.Cause is not ("devices" or "workers" or "topology" or "memory") || now - _saidAt > BelievedFor) return waiting;
        if (_said.FirstOrDefault(s => s.Device == request.Device) is not { } shortage) return waiting;
        var isOver = shortage.IsFinal && request.Running.IsEmpty;
        return waiting with { Cause = isOver ? "never" : waiting.Cause, Text = $"{waiting.Text} {shortage.Text}" };
    }
}
