using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Protocol;

/// <summary>The message encodings that one side knows.</summary>
internal sealed class CompressionProviders
{
    private readonly Dictionary<string, ICompressionProvider> _providers = new(StringComparer.OrdinalIgnoreCase);

    public CompressionProviders(IEnumerable<ICompressionProvider>? providers)
    {
        foreach (var provider in providers ?? []) _providers[provider.EncodingName] = provider;
        if (_providers.Count == 0) _providers["gzip"] = new GzipCompressionProvider(CompressionLevel.Fastest);
        AcceptEncoding = string.Join(',', _providers.Keys.Prepend(GrpcProtocol.Identity));
    }

    /// <value>What <c>grpc-accept-encoding</c> says.</value>
    public string AcceptEncoding { get; }

    /// <param name="encoding">What <c>grpc-encoding</c> says.</param>
    /// <param name="provider">Null for no compression.</param>
    /// <returns>False when the encoding is not known here.</returns>
    public bool TryGet(string? encoding, out ICompressionProvider? provider)
    {
        provider = null;
        return string.IsNullOrEmpty(encoding) || encoding == GrpcProtocol.Identity || _providers.TryGetValue(encoding, out provider);
    }

    /// <returns>Null for no compression.</returns>
    /// <exception cref="GrpcProtocolException">The encoding is not known here.</exception>
    public ICompressionProvider? Get(string? encoding) =>
        TryGet(encoding, out var provider) ? provider : throw new GrpcProtocolException(StatusCode.Internal, UnknownEncoding(encoding));

    public string UnknownEncoding(string? encoding) => $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {AcceptEncoding}";
}
