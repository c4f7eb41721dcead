using Orchestrator.Kubernetes.Access;
using Orchestrator.Kubernetes.Client;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Kubernetes.Tests.Access;

public sealed class KubeConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TokenFile_IsFoundBesideTheFileAndReadAgain()
    {
        var token = _folder.Write("token", "one");
        var access = Read(user: "{tokenFile: token}");

        Assert.Equal(("https://127.0.0.1:6443/", "team"), (access.Server.ToString(), access.Namespace));
        Assert.Equal("one", access.Token!.Read(refused: false));
        File.WriteAllText(token, "two");
        Assert.Equal("one", access.Token.Read(refused: false));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("two", access.Token.Read(refused: false));
    }

    [Fact]
    public void Read_OtherContext_IsTaken() =>
        Assert.Equal("other", Read(user: "{token: t}", more: "- {name: second, context: {cluster: k, user: u, namespace: other}}", context: "second").Namespace);

    [Theory]
    [InlineData("{exec: {command: aws}}", "credentials from another program")]
    [InlineData("{client-certificate-data: aGVsbG8=}", "it needs both")]
    [InlineData("{tokenFile: [", "kubeconfig")]
    public void Read_UnusableUser_SaysWhy(string user, string why) =>
        Assert.Contains(why, Assert.Throws<KubernetesException>(() => Read(user)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_UnverifiedServer_IsRefused() =>
        Assert.Contains("insecure-skip-tls-verify", Assert.Throws<KubernetesException>(() => Read("{token: t}", cluster: ", insecure-skip-tls-verify: true")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NoSuchContext_SaysWhich() =>
        Assert.Contains("no context 'x'", Assert.Throws<KubernetesException>(() => Read("{token: t}", context: "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_OutsideOfACluster_GivesNull() => Assert.Null(InCluster.Find(_ => null, _folder.Path, _time));

    [Fact]
    public void Find_WithoutServiceAccount_SaysWhatToDo() =>
        Assert.Contains("automountServiceAccountToken", Assert.Throws<KubernetesException>(() => InCluster.Find(_ => "443", _folder.Path, _time)).Message, StringComparison.Ordinal);

    private ClusterAccess Read(string user, string cluster = "", string more = "", string? context = null) => KubeConfig.Read(
        _folder.Write("config", $$$"""
            current-context: first
            clusters: [{name: k, cluster: {server: "https://127.0.0.1:6443"{{{cluster}}}}}]
            users:
            - name: u
              user: {{{user}}}
            contexts:
            - {name: first, context: {cluster: k, user: u, namespace: team}}
            {{{more}}}
            """), context, _time);
}
