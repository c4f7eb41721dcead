using System.Threading.Channels;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Membership;

/// <summary>Rank 0's link to its own roster.</summary>
internal sealed class LocalLink(Roster roster, JoinGroup join) : IMemberLink
{
    public async Task RunAsync(ChannelReader<MemberMessage> outgoing, Action<GroupMessage> incoming, CancellationToken cancellationToken)
    {
        var messages = roster.Join(join);
        var sending = SendAsync(outgoing, cancellationToken);
        try
        {
            await foreach (var message in messages.ReadAllAsync(cancellationToken))
                incoming(message);
        }
        finally
        {
            roster.Lost(join.Rank, "it ended without leaving");
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(ChannelReader<MemberMessage> outgoing, CancellationToken cancellationToken)
    {
        await foreach (var message in outgoing.ReadAllAsync(cancellationToken))
            roster.Receive(join.Rank, message);
    }
}
