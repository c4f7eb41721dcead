using System.Net;
using Amazon.Runtime;

namespace Orchestrator.Checkpoints.Blobs.S3;

/// <summary>Turns what S3 and the way to it answer into one clear message that says what to do.</summary>
internal static class S3Failure
{
    /// <summary>Whether an exception is of S3, or of the way to it.</summary>
    internal static bool IsOne(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException or TimeoutException;

    /// <summary>The exception to throw for one that <see cref="IsOne"/>.</summary>
    /// <param name="service">The service's URL.</param>
    /// <param name="place">What was used: a bucket and key.</param>
    /// <param name="exception">What came of it.</param>
    internal static CheckpointException Translate(string service, string place, Exception exception) => exception switch
    {
        AmazonServiceException { StatusCode: >= HttpStatusCode.Continue } answer => Answered(service, place, answer),
        _ when IsOfCredentials(exception) => new CheckpointException(
            CheckpointError.StorageFailed,
            $"There are no credentials for {place}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE or a role, for the coordinator and for each worker ({exception.Message.TrimEnd('.')}).",
            exception),
        _ => Unreachable(service, place, exception),
    };

    private static CheckpointException Answered(string service, string place, AmazonServiceException answer)
    {
        var said = $"{answer.ErrorCode ?? answer.StatusCode.ToString()}: {answer.Message.TrimEnd('.')}";
        return answer.ErrorCode switch
        {
            "NoSuchBucket" => Failed($"There is no bucket for {place} at {service}: make it, or correct the s3:// URL ({said})."),
            "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken" or "RequestTimeTooSkewed" =>
                Failed($"{service} does not accept these credentials for {place}: check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the profile or role, and the clock ({said})."),
            "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
                Failed($"{place} is in another region: write its region= behind '?' in the s3:// URL, or set AWS_REGION ({said})."),
            "QuotaExceeded" or "EntityTooLarge" or "XMinioStorageFull" => new CheckpointException(CheckpointError.NoSpace, $"No space left for {place}: free some, or choose another bucket ({said}).", answer),
            _ when answer.StatusCode == HttpStatusCode.InsufficientStorage => new CheckpointException(CheckpointError.NoSpace, $"No space left for {place}: free some, or choose another bucket ({said}).", answer),
            _ when answer.StatusCode == HttpStatusCode.Forbidden =>
                Failed($"{service} denies access to {place}: let these credentials do s3:ListBucket and s3:ListBucketMultipartUploads on the bucket, and s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload on its objects ({said})."),
            _ when answer.StatusCode >= HttpStatusCode.InternalServerError || answer.StatusCode == HttpStatusCode.TooManyRequests =>
                new CheckpointException(CheckpointError.Unavailable, $"{service} went on failing for {place}, however often it was asked: try again later ({said}).", answer),
            _ => Failed($"Cannot use {place} at {service} ({said})."),
        };

        CheckpointException Failed(string message) => new(CheckpointError.StorageFailed, message, answer);
    }

    private static CheckpointException Unreachable(string service, string place, Exception exception) => new(
        CheckpointError.Unavailable,
        $"{service} cannot be reached for {place}: check the endpoint of the s3:// URL, that the service runs, and that the network lets this process there ({exception.GetBaseException().Message.TrimEnd('.')}).",
        exception);

    /// <summary>The SDK has no type for it.</summary>
    private static bool IsOfCredentials(Exception exception) =>
        exception is not (HttpRequestException or IOException) && exception.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase);
}
