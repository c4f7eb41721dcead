using System.Net;
using System.Net.Http.Headers;

namespace Grpc.Tests.Malformed;

/// <summary>A request of any bytes and headers, and what came back.</summary>
internal sealed record RawCall(int HttpStatus, string? GrpcStatus, string? AcceptEncoding)
{
    public const string Unary = "/grpc_tests.Echo/Unary";

    public static async Task<RawCall> SendAsync(
        HttpMessageInvoker client,
        string address,
        byte[] body,
        string path = Unary,
        string contentType = "application/grpc",
        IEnumerable<(string Name, string Value)>? headers = null,
        HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, new Uri(new Uri(address), path));
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (request.Method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("content-type", contentType);
        }

        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in headers ?? []) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, CancellationToken.None).WaitAsync(GrpcHost.Patience);
        await response.Content.ReadAsByteArrayAsync().WaitAsync(GrpcHost.Patience);
        return new RawCall(
            (int)response.StatusCode,
            First(response.TrailingHeaders, "grpc-status") ?? First(response.Headers, "grpc-status"),
            First(response.Headers, "grpc-accept-encoding"));
    }

    /// <summary>A message as it goes over the wire.</summary>
    public static byte[] Frame(byte flag, uint length, params byte[] payload) =>
        [flag, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. payload];

    private static string? First(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
}
