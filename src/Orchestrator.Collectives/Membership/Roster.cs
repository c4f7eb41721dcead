using System.Threading.Channels;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Membership;

/// <summary>What rank 0 knows of its group: who is there, the rendezvous keys, who has left, and the verdict. Pure state behind one lock.</summary>
internal sealed class Roster
{
    /// <summary>Rendezvous keys that one rank may set.</summary>
    public const int MaxKeysPerRank = 64;

    /// <summary>Longest rendezvous value, in bytes.</summary>
    public const int MaxValueBytes = 64 * 1024;

    private readonly ProcessGroupOptions _options;
    private readonly Lock _gate = new();
    private readonly Channel<GroupMessage>?[] _members;
    private readonly bool[] _left;
    private readonly int[] _keysOf;
    private readonly List<GroupKey> _keys = [];
    private GroupMessage? _verdict;

    public Roster(ProcessGroupOptions options)
    {
        _options = options;
        _members = new Channel<GroupMessage>?[options.WorldSize];
        _left = new bool[options.WorldSize];
        _keysOf = new int[options.WorldSize];
    }

    /// <summary>The ranks that have not joined yet.</summary>
    public IReadOnlyList<int> Missing
    {
        get
        {
            lock (_gate)
                return [.. Enumerable.Range(0, _members.Length).Where(rank => _members[rank] is null)];
        }
    }

    /// <summary>Adds a rank; what it is to be told comes out of the reader, which ends with the group.</summary>
    /// <exception cref="CollectiveException">The rank does not belong to this group.</exception>
    public ChannelReader<GroupMessage> Join(JoinGroup join)
    {
        if (join.WorldSize != _options.WorldSize || !string.Equals(join.Kind, KindOf(_options), StringComparison.Ordinal))
            throw Mismatch($"rank {join.Rank} joins as one of {join.WorldSize} over {join.Kind}, but rank 0 is one of {_options.WorldSize} over {KindOf(_options)}; start all ranks with the same settings.");
        if (join.Rank < 0 || join.Rank >= _options.WorldSize)
            throw Mismatch($"rank {join.Rank} is not one of 0 to {_options.WorldSize - 1}.");
        lock (_gate)
        {
            if (_members[join.Rank] is not null)
                throw Mismatch($"rank {join.Rank} has already joined; give each worker its own rank, and each generation its own name.");
            var member = Channel.CreateUnbounded<GroupMessage>(new() { SingleReader = true });
            _members[join.Rank] = member;
            Welcome(member);
            return member.Reader;
        }
    }

    /// <summary>Takes in what a rank says.</summary>
    /// <exception cref="CollectiveException">The rank said something that it may not say.</exception>
    public void Receive(int rank, MemberMessage message)
    {
        switch (message.BodyCase)
        {
            case MemberMessage.BodyOneofCase.Key:
                AddKey(rank, message.Key);
                break;
            case MemberMessage.BodyOneofCase.Leave:
                Leave(rank, message.Leave);
                break;
            case MemberMessage.BodyOneofCase.Failed:
                Fail(message.Failed);
                break;
            default:
                throw Mismatch($"rank {rank} sent {message.BodyCase}, which has no place after joining.");
        }
    }

    /// <summary>A rank's link has ended: fine if it had left, the end of the group otherwise.</summary>
    public void Lost(int rank, string how)
    {
        lock (_gate)
        {
            if (_left[rank])
                return;
        }
        Fail(Verdicts.ToMessage(new(CollectiveErrorCode.PeerLost, $"Process group '{_options.GroupName}': rank {rank} ({_options.Peers[rank]}) is lost: {how}. Form a new generation without it.")));
    }

    /// <summary>The wire's word for the group's kind.</summary>
    public static string KindOf(ProcessGroupOptions options) => options.Kind.ToString().ToLowerInvariant();

    private void Welcome(Channel<GroupMessage> member)
    {
        foreach (var key in _keys)
            Send(member, new() { Key = key });
        if (_verdict is not null)
        {
            Send(member, _verdict);
            member.Writer.Complete();
        }
        else if (Array.TrueForAll(_members, one => one is not null))
        {
            Broadcast(new() { Formed = new() });
        }
    }

    private void AddKey(int rank, GroupKey key)
    {
        if (key.Value.Length > MaxValueBytes || key.Key.Length > 512)
            throw Mismatch($"rank {rank} set a rendezvous key of {key.Value.Length} bytes; {MaxValueBytes} is the limit.");
        lock (_gate)
        {
            if (++_keysOf[rank] > MaxKeysPerRank)
                throw Mismatch($"rank {rank} set more than {MaxKeysPerRank} rendezvous keys.");
            _keys.Add(key);
            Broadcast(new() { Key = key });
        }
    }

    private void Leave(int rank, LeaveGroup leave)
    {
        lock (_gate)
        {
            _left[rank] = true;
            Broadcast(new() { Left = new() { Rank = rank, Calls = leave.Calls } });
            if (Array.TrueForAll(_left, left => left))
                End(new() { Closed = new() });
        }
    }

    private void Fail(GroupFailed failed)
    {
        lock (_gate)
        {
            if (_verdict is not null)
                return;
            _verdict = new() { Failed = failed };
            End(_verdict);
        }
    }

    private void End(GroupMessage last)
    {
        Broadcast(last);
        foreach (var member in _members)
            member?.Writer.TryComplete();
    }

    private void Broadcast(GroupMessage message)
    {
        foreach (var member in _members)
        {
            if (member is not null)
                Send(member, message);
        }
    }

    // A member that has ended does not listen any more.
    private static void Send(Channel<GroupMessage> member, GroupMessage message) => member.Writer.TryWrite(message);

    private CollectiveException Mismatch(string what) => new(CollectiveErrorCode.Mismatch, $"Process group '{_options.GroupName}': {what}");
}
