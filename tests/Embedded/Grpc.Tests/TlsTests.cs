using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Tests.Echoes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Grpc.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _serverCertificate = CreateCertificate("localhost");
    private readonly X509Certificate2 _clientCertificate = CreateCertificate("worker-7");

    public void Dispose()
    {
        _serverCertificate.Dispose();
        _clientCertificate.Dispose();
    }

    [Fact]
    public async Task Tls_ClientCertificate_ServerKnowsThePeer()
    {
        AuthContext? peer = null;
        await using var host = await StartAsync(context => peer = context.AuthContext);
        using var channel = Connect(host, _clientCertificate);
        await new Echo.EchoClient(channel).UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.True(peer!.IsPeerAuthenticated);
        Assert.Equal("x509_subject_alternative_name", peer.PeerIdentityPropertyName);
        Assert.Equal(["worker-7"], peer.PeerIdentity.Select(p => p.Value));
        Assert.Equal(["worker-7"], peer.FindPropertiesByName("x509_common_name").Select(p => p.Value));
    }

    [Fact]
    public async Task Tls_NoClientCertificate_Unavailable()
    {
        await using var host = await StartAsync(_ => { });
        using var channel = Connect(host, null);
        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    /// <summary>In TLS 1.3 the client has its connection before the server looks at its certificate: the refusal comes while the first messages go out.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task Tls_RefusedClientCertificate_UnavailableWhereverItIsNoticed(int bytes)
    {
        using var other = CreateCertificate("worker-8");
        await using var host = await StartAsync(_ => { });
        for (var round = 0; round < 20; round++)
        {
            using var channel = Connect(host, other);
            using var call = new Echo.EchoClient(channel).Chat();
            var error = await Assert.ThrowsAsync<RpcException>(async () =>
            {
                while (bytes > 0) await call.RequestStream.WriteAsync(new EchoRequest { Text = new string('x', bytes) });
                await call.ResponseStream.MoveNext(default).WaitAsync(GrpcHost.Patience);
            });
            Assert.True(error.StatusCode == StatusCode.Unavailable, $"round {round}: {error}");
        }
    }

    [Fact]
    public async Task Tls_UntrustedServer_Unavailable()
    {
        await using var host = await StartAsync(_ => { });
        using var channel = GrpcChannel.ForAddress(host.Address);
        using var call = new Echo.EchoClient(channel).UnaryAsync(new EchoRequest());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(GrpcHost.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task CallCredentials_Tls_TokenIsSent()
    {
        string? token = null;
        await using var host = await StartAsync(context => token = context.RequestHeaders.GetValue("authorization"));
        var credentials = CallCredentials.FromInterceptor((context, metadata) =>
        {
            metadata.Add("authorization", $"Bearer {context.MethodName}");
            return Task.CompletedTask;
        });
        using var channel = Connect(host, _clientCertificate, ChannelCredentials.Create(ChannelCredentials.SecureSsl, credentials));
        await new Echo.EchoClient(channel).UnaryAsync(new EchoRequest()).ResponseAsync.WaitAsync(GrpcHost.Patience);
        Assert.Equal("Bearer Unary", token);
    }

    [Fact]
    public void Credentials_AgainstAddress_Throw()
    {
        Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress("http://localhost", new() { Credentials = ChannelCredentials.SecureSsl }));
        Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress("https://localhost", new() { Credentials = ChannelCredentials.Insecure }));
        Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress("ftp://localhost"));
    }

    private static X509Certificate2 CreateCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private Task<GrpcHost> StartAsync(Action<ServerCallContext> inspect) => GrpcHost.StartAsync(
        new EchoBehaviour
        {
            Unary = (_, context) =>
            {
                inspect(context);
                return Task.FromResult(new EchoReply());
            },
        },
        listen: l => l.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = _serverCertificate,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (certificate, _, _) => certificate.Thumbprint == _clientCertificate.Thumbprint,
        }));

    private GrpcChannel Connect(GrpcHost host, X509Certificate2? clientCertificate, ChannelCredentials? credentials = null)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == _serverCertificate.GetCertHashString(),
                ClientCertificates = clientCertificate is null ? null : [clientCertificate],
            },
        };
        return GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, Credentials = credentials });
    }
}
