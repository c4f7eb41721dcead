using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.TestKit.Building;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Processes;

namespace Orchestrator.Storage.Redis.Tests;

/// <summary>A server that speaks TLS alone and asks for a password.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RedisServer _server;

    public TlsTests()
    {
        WriteCertificate("ours");
        WriteCertificate("theirs");
        _server = RedisServer.WithTls(_folder.At("ours.crt"), _folder.At("ours.key"), "--requirepass", "s3cret");
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_WithItsAuthorityAndPassword_Works()
    {
        await using var store = RedisStore.Open(Options("s3cret", "ours"));

        Assert.Equal(1, await store.Journal.AppendAsync(new ExperimentId("one"), 0, [Events.Submitted()], default));
    }

    [Theory]
    [InlineData("s3cret", "theirs")] // another authority
    [InlineData("s3cret", null)] // the system's, which do not know it
    [InlineData("wr0ng", "ours")]
    public void Open_WithAnythingElse_IsRefusedWithoutTheSecret(string password, string? authority)
    {
        var error = Assert.Throws<JournalUnavailableException>(() => RedisStore.Open(Options(password, authority)));

        Assert.Contains($"127.0.0.1:{_server.Port} can't be reached, or refuses the password", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithoutTls_IsRefused() =>
        Assert.Throws<JournalUnavailableException>(() => RedisStore.Open(RedisStoreOptions.Parse($"redis://:s3cret@127.0.0.1:{_server.Port}") with { Timeout = TimeSpan.FromSeconds(2) }));

    [Fact]
    public void Parse_AuthorityThatIsNotThere_IsRefused() =>
        Assert.Contains("ca=/none", Assert.Throws<FormatException>(() => RedisStoreOptions.Parse("rediss://:hunter2@cache?ca=/none")).Message, StringComparison.Ordinal);

    private RedisStoreOptions Options(string password, string? authority) =>
        RedisStoreOptions.Parse($"rediss://:{password}@127.0.0.1:{_server.Port}?prefix=team-a{(authority is null ? "" : $"&ca={_folder.At(authority + ".crt")}")}") with { Timeout = TimeSpan.FromSeconds(10) };

    private void WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        _folder.Write(name + ".crt", certificate.ExportCertificatePem());
        _folder.Write(name + ".key", key.ExportPkcs8PrivateKeyPem());
    }
}
