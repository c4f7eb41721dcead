using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;
using Amazon.RuntimeDependencies;

namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>
/// Gives the AWS SDK credentials for a web identity, such as a service account's (IRSA): one unsigned request of AWS STS
/// (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html), in the place of the package AWSSDK.SecurityToken.
/// </summary>
internal sealed class WebIdentityService : ICoreAmazonSTS
{
    private const string EndpointVariable = "AWS_ENDPOINT_URL_STS";
    private const int LargestAnswer = 64 << 10;

    // Never disposed: it lives as long as the process, as the SDK's own do.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(20),
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private readonly Uri _endpoint;

    private WebIdentityService(Uri endpoint) => _endpoint = endpoint;

    /// <summary>Makes it the SDK's way to STS.</summary>
    internal static void Register() => GlobalRuntimeDependencyRegistry.Instance.RegisterSecurityTokenServiceClient(_ => new WebIdentityService(Endpoint()));

    /// <inheritdoc/>
    public AssumeRoleImmutableCredentials CredentialsFromAssumeRoleWithWebIdentityAuthentication(string webIdentityToken, string roleArn, string roleSessionName, AssumeRoleWithWebIdentityCredentialsOptions options) =>
        CredentialsFromAssumeRoleWithWebIdentityAuthenticationAsync(webIdentityToken, roleArn, roleSessionName, options).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async Task<AssumeRoleImmutableCredentials> CredentialsFromAssumeRoleWithWebIdentityAuthenticationAsync(string webIdentityToken, string roleArn, string roleSessionName, AssumeRoleWithWebIdentityCredentialsOptions options)
    {
        using var content = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("Action", "AssumeRoleWithWebIdentity"),
            KeyValuePair.Create("Version", "2011-06-15"),
            KeyValuePair.Create("RoleArn", roleArn),
            KeyValuePair.Create("RoleSessionName", roleSessionName),
            KeyValuePair.Create("WebIdentityToken", webIdentityToken),
        ]);
        try
        {
            using var answer = await Http.PostAsync(_endpoint, content).ConfigureAwait(false);
            var text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? Read(text) : throw new AmazonClientException($"STS at {_endpoint} gives no credentials for the role {roleArn}: {Reason(text) ?? answer.StatusCode.ToString()}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or XmlException or FormatException)
        {
            throw new AmazonClientException($"STS at {_endpoint} gives no credentials for the role {roleArn}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public AssumeRoleImmutableCredentials CredentialsFromAssumeRoleAuthentication(string roleArn, string roleSessionName, AssumeRoleAWSCredentialsOptions options) => throw Unsupported();

    /// <inheritdoc/>
    public Task<AssumeRoleImmutableCredentials> CredentialsFromAssumeRoleAuthenticationAsync(string roleArn, string roleSessionName, AssumeRoleAWSCredentialsOptions options) => throw Unsupported();

    /// <inheritdoc/>
    public SAMLImmutableCredentials CredentialsFromSAMLAuthentication(string endpoint, string authenticationType, string roleARN, TimeSpan credentialDuration, System.Net.ICredentials userCredential) => throw Unsupported();

    /// <inheritdoc/>
    public Task<SAMLImmutableCredentials> CredentialsFromSAMLAuthenticationAsync(string endpoint, string authenticationType, string roleARN, TimeSpan credentialDuration, System.Net.ICredentials userCredential) => throw Unsupported();

    /// <summary>The variable is the AWS SDKs' own; so is the choice of the region.</summary>
    private static Uri Endpoint()
    {
        if (Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } given)
            return new Uri(given);
        var region = FallbackRegionFactory.GetRegionEndpoint() ?? RegionEndpoint.USEast1;
        return new Uri($"https://sts.{region.SystemName}.{region.PartitionDnsSuffix}/");
    }

    private static AssumeRoleImmutableCredentials Read(string xml)
    {
        var fields = XDocument.Parse(xml).Descendants().Where(element => !element.HasElements).ToLookup(element => element.Name.LocalName, element => element.Value, StringComparer.Ordinal);
        return new AssumeRoleImmutableCredentials(
            Required("AccessKeyId"), Required("SecretAccessKey"), Required("SessionToken"),
            DateTime.Parse(Required("Expiration"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal));

        string Required(string name) => fields[name].FirstOrDefault() ?? throw new FormatException($"the answer has no {name}");
    }

    private static string? Reason(string text)
    {
        try
        {
            return XDocument.Parse(text).Descendants().FirstOrDefault(element => element.Name.LocalName == "Message")?.Value;
        }
        catch (XmlException)
        {
            return null; // a proxy's page, say
        }
    }

    private static AmazonClientException Unsupported() =>
        new("A profile that assumes a role (role_arn with source_profile) or signs in with SAML gives no credentials here: use a web identity, keys, or the role of the machine.");
}
