using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>One client for each service: it keeps connections, and credentials that it renews by itself.</summary>
internal static class S3Clients
{
    private const string AnyRegion = "us-east-1";
    private static readonly ConcurrentDictionary<(S3Service, S3Limits), AmazonS3Client> Clients = new();

    static S3Clients() => WebIdentityService.Register();

    /// <exception cref="CheckpointException">There is neither a region nor an endpoint.</exception>
    internal static AmazonS3Client Of(S3Service service, S3Limits limits) => Clients.GetOrAdd((service, limits), static key => Create(key.Item1, key.Item2));

    private static AmazonS3Client Create(S3Service service, S3Limits limits)
    {
        // Checksums in trailers are unknown to many services other than AWS. The signature covers the content either way, and manifests have hashes.
        var config = new AmazonS3Config
        {
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = limits.Retries,
            Timeout = limits.Patience,
            ConnectTimeout = limits.ConnectPatience,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (service.Region is { } region)
            (config.RegionEndpoint, config.AuthenticationRegion) = (RegionEndpoint.GetBySystemName(region), region);
        if (service.Endpoint is { } endpoint)
            config.ServiceURL = endpoint.GetLeftPart(UriPartial.Authority);
        if (config.ServiceURL is not null)
            config.AuthenticationRegion ??= config.RegionEndpoint?.SystemName ?? AnyRegion;
        else if (config.RegionEndpoint is null)
            throw new CheckpointException(CheckpointError.StorageFailed, "Which region is the S3 bucket in? Set AWS_REGION, or write ?region=NAME at the end of the s3:// URL (of a service other than AWS: ?endpoint=URL).");
        config.ForcePathStyle = service.PathStyle ?? config.ServiceURL is not null;
        return new AmazonS3Client(config);
    }
}
