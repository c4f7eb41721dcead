using System.Buffers;
using System.IO.Pipelines;
using Orchestrator.Kubernetes.Client;

namespace Orchestrator.Kubernetes.Watching;

/// <summary>Reads lines of bounded length.</summary>
internal sealed class LineReader(Stream stream) : IAsyncDisposable
{
    /// <summary>More than an object of the API server can have (etcd takes 1.5 MiB).</summary>
    public const int MaxLine = 8 << 20;

    private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16));

    /// <summary>The next line without its end, or null at the end. Valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> Next(CancellationToken cancellationToken)
    {
        var searched = 0L;
        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                _pipe.AdvanceTo(buffer.GetPosition(1, end));
                if (line.Length > 0) return line;
                searched = 0;
                continue;
            }
            if (buffer.Length > MaxLine) throw KubernetesException.Protocol($"a line of more than {MaxLine} bytes in a watch");
            searched = buffer.Length;
            _pipe.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) return null;
        }
    }

    public ValueTask DisposeAsync() => _pipe.CompleteAsync();
}
