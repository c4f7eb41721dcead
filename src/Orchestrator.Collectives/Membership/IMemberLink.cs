using System.Threading.Channels;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Membership;

/// <summary>One rank's way to the roster that rank 0 keeps.</summary>
internal interface IMemberLink
{
    /// <summary>Joins, then carries messages both ways until the roster has nothing more to say.</summary>
    /// <exception cref="CollectiveException">The link broke.</exception>
    Task RunAsync(ChannelReader<MemberMessage> outgoing, Action<GroupMessage> incoming, CancellationToken cancellationToken);
}
