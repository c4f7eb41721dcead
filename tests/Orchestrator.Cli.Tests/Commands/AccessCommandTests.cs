using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.ServiceDefaults.Access;

namespace Orchestrator.Cli.Tests.Commands;

public sealed class AccessCommandTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task TokenNew_PrintsTheTokenOnceAndAddsItsLine()
    {
        var file = _cli.Folder.At("tokens");
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("token", "new", "--role", "viewer", "--name", "a", "--add-to", file));
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("token", "new", "--role", "submitter", "--name", "ci", "--team", "vision", "--days", "30", "--add-to", file));

        var tokens = _cli.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var text = await File.ReadAllTextAsync(file);
        var entries = TokensFile.Parse(text, file);
        Assert.Equal(["a", "ci"], tokens.Select(token => Tokens.Find(entries, token)!.Name));
        Assert.Equal((Role.Submitter, "vision"), (entries[1].Role, entries[1].Team));
        Assert.InRange(entries[1].Expires!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(29), TimeSpan.FromDays(30));
        Assert.All(tokens, token => Assert.DoesNotContain(token, text + _cli.Error, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows()) Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task TokenNew_Json_GivesTokenAndLine()
    {
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("token", "new", "--role", "worker", "--name", "pool", "--json"));

        var json = JsonNode.Parse(_cli.Output)!;
        Assert.Equal(Role.Worker, Tokens.Find(TokensFile.Parse((string)json["line"]!, "t"), (string)json["token"]!)!.Role);
    }

    [Theory]
    [InlineData("error: orch token new: --role: there are viewer, submitter, admin and worker; see 'orch token new --help'", "token", "new", "--name", "a", "--role", "king")]
    [InlineData("error: orch token new: --name: use 1 to 64 letters, digits, '.', '_', '@' and '-'; see 'orch token new --help'", "token", "new", "--name", "a b", "--role", "viewer")]
    [InlineData("error: orch token new: --days: 1 to 3650; see 'orch token new --help'", "token", "new", "--name", "a", "--role", "viewer", "--days", "0")]
    [InlineData("error: orch certificates new: --host: 'a b' is no host name and no address; see 'orch certificates new --help'", "certificates", "new", "--out", "x", "--host", "a b")]
    [InlineData("error: orch trial: say what to do: pause, resume, extend, fork or stop; see 'orch trial --help'", "trial")]
    [InlineData("error: orch bench: say what to do: search; see 'orch bench --help'", "bench")]
    [InlineData("error: orch token: say what to do: new; see 'orch token --help'", "token")]
    [InlineData("error: orch certificates: say what to do: new; see 'orch certificates --help'", "certificates")]
    public async Task Any_BadRequest_IsOneLineAndExitCodeTwo(string expected, params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await _cli.RunAsync(arguments));

        Assert.Equal(expected + "\n", _cli.Error);
    }

    [Fact]
    public async Task CertificatesNew_Json_GivesThePathsOfTheCertificates()
    {
        var folder = _cli.Folder.At("certs");

        Assert.Equal(ExitCode.Done, await _cli.RunAsync("certificates", "new", "--out", folder, "--json"));

        Assert.Equal(["ca.crt", "coordinator.crt", "worker.crt"], JsonNode.Parse(_cli.Output)!["certificates"]!.AsArray().Select(path => Path.GetRelativePath(folder, (string)path!)));
    }

    [Fact]
    public async Task CertificatesNew_Again_KeepsTheAuthorityAndRenewsTheRest()
    {
        var folder = _cli.Folder.At("certs");
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("certificates", "new", "--out", folder, "--host", "head.example"));
        var authority = await File.ReadAllTextAsync(Path.Combine(folder, "ca.crt"));
        var worker = await File.ReadAllTextAsync(Path.Combine(folder, "worker.crt"));
        Assert.Equal(ExitCode.Done, await _cli.RunAsync("certificates", "new", "--out", folder, "--host", "head.example", "--days", "2"));

        Assert.Equal(authority, await File.ReadAllTextAsync(Path.Combine(folder, "ca.crt")));
        Assert.NotEqual(worker, await File.ReadAllTextAsync(Path.Combine(folder, "worker.crt")));
        using var coordinator = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "coordinator.crt"), Path.Combine(folder, "coordinator.key"));
        Assert.True(coordinator.MatchesHostname("head.example"));
        foreach (var key in (string[])["ca.key", "coordinator.key", "worker.key"])
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(folder, key)));
        }
    }

    [Fact]
    public async Task Any_TokenFileThatIsNotThere_IsOneLineAndExitCodeTwo()
    {
        Assert.Equal(ExitCode.Usage, await _cli.RunAsync("workers", "--coordinator", "http://127.0.0.1:1", "--token-file", _cli.Folder.At("none")));

        Assert.StartsWith($"error: {_cli.Folder.At("none")} can't be read", _cli.Error, StringComparison.Ordinal);
        Assert.Single(_cli.Error.TrimEnd('\n').Split('\n'));
    }
}
