using System.Threading.Channels;
using Google.Protobuf;
using Orchestrator.Collectives.Membership;
using Orchestrator.Domain.Specs;
using Orchestrator.Protocol;

namespace Orchestrator.Collectives.Tests.Membership;

public sealed class RosterTests
{
    private readonly Roster _roster = new(new()
    {
        GroupName = "group",
        Rank = 0,
        WorldSize = 3,
        Peers = [new("http://zero"), new("http://one"), new("http://two")],
        Kind = CollectiveKind.Gloo,
    });

    [Fact]
    public void Join_LastRank_FormsTheGroupAndGivesTheKeysSoFar()
    {
        var zero = Join(0);
        _roster.Receive(0, new() { Key = new() { Key = "k", Value = ByteString.CopyFromUtf8("v") } });
        var one = Join(1);
        Assert.Equal([2], _roster.Missing);
        var two = Join(2);

        Assert.Equal("key formed", Said(zero));
        Assert.Equal("key formed", Said(one));
        Assert.Equal("key formed", Said(two));
    }

    [Fact]
    public void Lost_BeforeLeaving_IsTheVerdictForAll()
    {
        var zero = Join(0);
        Join(1);
        _roster.Lost(1, "reset");

        Assert.True(zero.TryRead(out var message));
        Assert.Equal(GroupFailed.Types.Code.PeerLost, message.Failed.Code);
        Assert.Contains("rank 1 (http://one/) is lost: reset", message.Failed.Message, StringComparison.Ordinal);
        Assert.True(zero.Completion.IsCompleted);
        Assert.Equal("failed", Said(Join(2)));
    }

    [Fact]
    public void Leave_AllRanks_ClosesTheGroup()
    {
        var members = Enumerable.Range(0, 3).Select(Join).ToArray();
        for (var rank = 0; rank < 3; rank++)
        {
            _roster.Receive(rank, new() { Leave = new() { Calls = 5 } });
            _roster.Lost(rank, "ended");
        }

        Assert.All(members, member => Assert.Equal("formed left left left closed", Said(member)));
    }

    [Fact]
    public void Receive_FailedTwice_KeepsTheFirstVerdict()
    {
        var zero = Join(0);
        _roster.Receive(0, Failed("first"));
        _roster.Receive(0, Failed("second"));

        Assert.True(zero.TryRead(out var message));
        Assert.Equal("first", message.Failed.Message);
        Assert.False(zero.TryRead(out _));
    }

    [Theory]
    [InlineData(1, 3, "grpc")]
    [InlineData(1, 4, "gloo")]
    [InlineData(3, 3, "gloo")]
    [InlineData(-1, 3, "gloo")]
    [InlineData(0, 3, "gloo")]
    public void Join_ThatDoesNotFit_IsRefused(int rank, int worldSize, string kind)
    {
        Join(0);
        var exception = Assert.Throws<CollectiveException>(() => _roster.Join(new() { Group = "group", Rank = rank, WorldSize = worldSize, Kind = kind }));
        Assert.Equal(CollectiveErrorCode.Mismatch, exception.Code);
    }

    [Fact]
    public void Receive_TooManyOrTooLongKeys_IsRefused()
    {
        Join(1);
        Assert.Throws<CollectiveException>(() => _roster.Receive(1, Key(new byte[Roster.MaxValueBytes + 1])));
        for (var i = 0; i < Roster.MaxKeysPerRank; i++)
            _roster.Receive(1, Key(new byte[Roster.MaxValueBytes]));
        Assert.Throws<CollectiveException>(() => _roster.Receive(1, Key([])));
    }

    private static MemberMessage Key(byte[] value) => new() { Key = new() { Key = "k", Value = ByteString.CopyFrom(value) } };

    private static MemberMessage Failed(string message) => new() { Failed = new() { Code = GroupFailed.Types.Code.Aborted, Message = message } };

    private static string Said(ChannelReader<GroupMessage> member)
    {
        List<string> said = [];
        while (member.TryRead(out var message))
            said.Add(message.BodyCase.ToString().ToLowerInvariant());
        return string.Join(' ', said);
    }

    private ChannelReader<GroupMessage> Join(int rank) => _roster.Join(new() { Group = "group", Rank = rank, WorldSize = 3, Kind = "gloo" });
}
