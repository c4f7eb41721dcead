using Orchestrator.Collectives.Calls;
using Orchestrator.Collectives.Hub;
using Orchestrator.Collectives.Membership;

namespace Orchestrator.Collectives;

/// <summary>What one rank of a group holds open; closed in the order that lets the last words through.</summary>
internal sealed class GroupConnections(CollectiveHub hub, HubGroup entry, ITransport? transport)
{
    public HubGroup Entry { get; } = entry;

    /// <summary>This rank's presence; set when it begins to join.</summary>
    public GroupMembership? Membership { get; set; }

    /// <summary>What carries the calls; set when it is connected.</summary>
    public ITransport? Transport { get; set; } = transport;

    /// <summary>Connections to other workers.</summary>
    public List<IDisposable> Channels { get; } = [];

    public async ValueTask DisposeAsync()
    {
        if (Transport is not null)
            await Transport.DisposeAsync();
        if (Membership is not null)
            await Membership.DisposeAsync();
        hub.Remove(Entry);
        foreach (var channel in Channels)
            channel.Dispose();
    }
}
