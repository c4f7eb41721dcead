using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.TestKit.S3;

/// <summary>
/// A small S3 service on a free port of the loopback interface, with one bucket in memory. It lets in who signs with <see cref="AccessKey"/> and
/// states the true hash of what is sent (the signature itself is not computed again), and fails when it is asked to.
/// </summary>
public sealed class FakeS3 : IAsyncDisposable
{
    /// <summary>The one access key it knows.</summary>
    public const string AccessKey = "AKIAFAKE";

    /// <summary>The web identity for which it gives credentials.</summary>
    public const string WebIdentity = "token-of-a-service-account";

    /// <summary>The name of its bucket.</summary>
    public const string BucketName = "models";

    private const int LargestBody = 256 << 20;

    private readonly WebApplication _app;

    private FakeS3(WebApplication app) => _app = app;

    /// <summary>What is in the bucket.</summary>
    public FakeS3Bucket Bucket { get; } = new();

    /// <summary>The requests that came, such as <c>PUT a/b?partNumber=1</c>, in their order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Says what is to go wrong with a request, given as in <see cref="Requests"/>; null: nothing.</summary>
    public Func<string, S3Fault?>? Fault { get; set; }

    /// <summary>Its URL.</summary>
    public Uri Endpoint => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The environment with which the AWS SDK of a process finds its way in.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = "fake-secret",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>The s3:// URL of a prefix.</summary>
    public string Url(string prefix) => $"s3://{BucketName}/{prefix}?endpoint={Endpoint.GetLeftPart(UriPartial.Authority)}";

    /// <summary>Starts one.</summary>
    public static async Task<FakeS3> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        var app = builder.Build();
        var server = new FakeS3(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var (bucket, key) = request.Path.Value!.TrimStart('/').Split('/', 2) is [var b, var k] ? (b, k) : (request.Path.Value.Trim('/'), "");
        var told = $"{request.Method} {key}{request.QueryString}";
        Requests.Enqueue(told);
        var fault = Fault?.Invoke(told);
        if (fault is { Kind: S3FaultKind.Drop })
        {
            context.Abort();
            return;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        var answer = fault?.Answer ?? SecurityToken(request, body.ToArray()) ?? Refusal(request, bucket, body.ToArray()) ?? Bucket.Answer(request, key, body.ToArray());
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        response.ContentLength = answer.Length;
        if (fault is { Kind: S3FaultKind.Truncate } && request.Method == HttpMethods.Get)
        {
            await response.Body.WriteAsync(answer.Body.AsMemory(0, Math.Min(fault.Bytes, answer.Body.Length)), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            return; // shorter than it said: the server closes the connection, having sent what there is
        }

        if (request.Method != HttpMethods.Head && answer.Body.Length > 0)
            await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>It is AWS STS too, for one web identity.</summary>
    private static S3Answer? SecurityToken(HttpRequest request, byte[] body)
    {
        if (request.Method != HttpMethods.Post || request.Path != "/") return null;
        var form = System.Web.HttpUtility.ParseQueryString(System.Text.Encoding.UTF8.GetString(body));
        if ((form["Action"], form["WebIdentityToken"]) != ("AssumeRoleWithWebIdentity", WebIdentity)) return S3Answer.Error(StatusCodes.Status403Forbidden, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        return S3Answer.Xml(new XElement("AssumeRoleWithWebIdentityResponse", new XElement("Credentials",
            new XElement("AccessKeyId", AccessKey), new XElement("SecretAccessKey", "of " + form["RoleArn"]), new XElement("SessionToken", "session"), new XElement("Expiration", "2100-01-01T00:00:00Z"))));
    }

    private static S3Answer? Refusal(HttpRequest request, string bucket, byte[] body)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("AWS4-HMAC-SHA256 Credential=", StringComparison.Ordinal) || !authorization.Contains("Signature=", StringComparison.Ordinal))
            return S3Answer.Error(StatusCodes.Status403Forbidden, "AccessDenied", "The request is not signed");
        if (!authorization.Contains($"Credential={AccessKey}/", StringComparison.Ordinal))
            return S3Answer.Error(StatusCodes.Status403Forbidden, "InvalidAccessKeyId", "The access key is not known");
        if (request.Headers["x-amz-content-sha256"] != Convert.ToHexStringLower(SHA256.HashData(body)))
            return S3Answer.Error(StatusCodes.Status400BadRequest, "XAmzContentSHA256Mismatch", "The content is not what was signed");
        return bucket == BucketName ? null : S3Answer.Error(StatusCodes.Status404NotFound, "NoSuchBucket", "The specified bucket does not exist");
    }
}
