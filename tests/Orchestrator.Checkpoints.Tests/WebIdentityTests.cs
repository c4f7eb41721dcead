using Amazon.Runtime;
using Orchestrator.Checkpoints.Blobs.S3;
using Orchestrator.TestKit.S3;

namespace Orchestrator.Checkpoints.Tests;

public sealed class WebIdentityTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FakeS3 _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeS3.Start();
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_STS", _server.Endpoint.ToString()); // nobody else's in this process
        WebIdentityService.Register();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task GetCredentials_OfAServiceAccount_AreThoseOfItsRole()
    {
        var credentials = await Credentials(FakeS3.WebIdentity).GetCredentialsAsync();
        Assert.Equal((FakeS3.AccessKey, "of arn:aws:iam::1:role/sweeps", "session"), (credentials.AccessKey, credentials.SecretKey, credentials.Token));
    }

    [Fact]
    public async Task GetCredentials_OfAnother_SaysWhatStsSaid()
    {
        var exception = await Assert.ThrowsAnyAsync<AmazonClientException>(() => Credentials("token-of-nobody").GetCredentialsAsync());
        Assert.Contains("Not authorized", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-nobody", exception.ToString(), StringComparison.Ordinal);
    }

    private AssumeRoleWithWebIdentityCredentials Credentials(string token)
    {
        var file = Path.Combine(_folder.Path, "token");
        File.WriteAllText(file, token);
        return new AssumeRoleWithWebIdentityCredentials(file, "arn:aws:iam::1:role/sweeps", "sweep");
    }
}
