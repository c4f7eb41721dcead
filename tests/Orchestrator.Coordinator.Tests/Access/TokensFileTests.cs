using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Access;
using Orchestrator.ServiceDefaults.Files;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Coordinator.Tests.Access;

public sealed class TokensFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Line_OfAnEntry_IsReadAsTheSame()
    {
        var expires = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);
        var entry = new TokenEntry(Tokens.Hash("orch_x"), "ci@example", Role.Submitter, "vision", expires);

        var read = Assert.Single(TokensFile.Parse($"# comment\n\n  {TokensFile.Line(entry)}\r\n", "tokens"));

        Assert.Equal(("ci@example", Role.Submitter, "vision", expires), (read.Name, read.Role, read.Team, read.Expires));
        Assert.True(read.Hash.Span.SequenceEqual(entry.Hash.Span));
    }

    [Fact]
    public void Parse_FaultyLines_AreAllNamedWithTheirNumber()
    {
        var hash = new string('a', 64);
        var text = $"orch_secret name=a role=viewer\n{hash} name=a role=king\n{hash} role=viewer\n{hash} name=a role=viewer team=No\n{hash} name=a role=viewer expires=soon\n{hash} name=a role=viewer colour=red\n{hash} name=a role=viewer\n{hash} name=b role=admin\n{hash} name=a name=b role=admin";

        var faults = Assert.Throws<OrchestratorException>(() => TokensFile.Parse(text, "t")).Message.Split('\n');

        Assert.Equal(["t:1:", "t:2:", "t:3:", "t:4:", "t:5:", "t:6:", "t:8:", "t:9:"], faults.Select(fault => fault.Split(' ')[0]));
        Assert.DoesNotContain("orch_secret", string.Concat(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AfterTheFileChanged_KnowsTheNewAndForgetsTheOld()
    {
        var (old, young) = (Tokens.New(), Tokens.New());
        var faults = new List<string>();
        var path = _folder.Write("tokens", Line(old));
        var file = new TokensFile(path, _time, faults.Add);
        Assert.NotNull(file.Find(old));

        File.WriteAllText(path, Line(young));
        Assert.Null(file.Find(young)); // not looked at again yet
        _time.Advance(Reread<object>.Interval);
        Assert.NotNull(file.Find(young));
        Assert.Null(file.Find(old));

        File.WriteAllText(path, "rubbish");
        _time.Advance(Reread<object>.Interval);
        Assert.NotNull(file.Find(young)); // what it said before counts on
        File.Delete(path);
        _time.Advance(Reread<object>.Interval);
        Assert.NotNull(file.Find(young));
        Assert.Equal(2, faults.Count);
        Assert.Contains($"{path}:1:", faults[0], StringComparison.Ordinal);

        static string Line(string token) => TokensFile.Line(new TokenEntry(Tokens.Hash(token), "a", Role.Viewer));
    }

    [Fact]
    public void New_Tokens_AreLongAndDiffer()
    {
        var (one, other) = (Tokens.New(), Tokens.New());

        Assert.NotEqual(one, other);
        Assert.Equal(Tokens.Prefix.Length + 43, one.Length); // 256 bits
        Assert.Null(Tokens.Find([new TokenEntry(Tokens.Hash(one), "a", Role.Admin)], other));
        Assert.Null(Tokens.Find([new TokenEntry(Tokens.Hash(new string('x', 600)), "a", Role.Admin)], new string('x', 600)));
    }

    [Theory]
    [InlineData("127.0.0.1", false, false, true)]
    [InlineData("::1", false, false, true)]
    [InlineData("127.0.0.1", true, false, false)]
    [InlineData("10.0.0.1", true, true, false)]
    [InlineData("10.0.0.1", false, true, true)]
    [InlineData("0.0.0.0", false, false, null)]
    public void IsOpen_ByAddressAndOptions_IsOnlyOnLoopbackByItself(string address, bool authenticated, bool insecure, bool? open)
    {
        bool Check() => ListeningCheck.IsOpen(System.Net.IPAddress.Parse(address), authenticated, insecure, "do this");

        if (open is { } expected) Assert.Equal(expected, Check());
        else Assert.Contains("do this", Assert.Throws<OrchestratorException>(() => Check()).Message, StringComparison.Ordinal);
    }
}
