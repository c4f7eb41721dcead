using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>A message encoding.</summary>
public interface ICompressionProvider
{
    /// <value>As <c>grpc-encoding</c> names it.</value>
    string EncodingName { get; }

    /// <summary>A stream that compresses what is written to it into another; that one stays open when it is disposed.</summary>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that gives the decompressed content of another.</summary>
    Stream CreateDecompressionStream(Stream stream);
}
