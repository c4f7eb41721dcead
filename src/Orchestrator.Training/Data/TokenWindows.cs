using System.Runtime.InteropServices;
using TorchSharp;

namespace Orchestrator.Training.Data;

/// <summary>Pieces of a text or a sound; a row's label is the same piece one token on.</summary>
internal sealed class TokenWindows : IDataset
{
    private readonly ReadOnlyMemory<ushort> _tokens;
    private readonly int _stride;

    /// <summary>Views tokens as rows.</summary>
    /// <param name="tokens">Numbers of characters or levels.</param>
    /// <param name="length">Tokens of a row.</param>
    /// <param name="stride">Tokens from the start of a row to that of the next.</param>
    internal TokenWindows(ReadOnlyMemory<ushort> tokens, int length, int stride)
    {
        (_tokens, _stride) = (tokens, stride);
        Count = ((tokens.Length - length - 1) / stride) + 1;
        Inputs = Labels = new RowLayout(torch.ScalarType.Int64, [length]);
    }

    public int Count { get; }

    public RowLayout Inputs { get; }

    public RowLayout Labels { get; }

    public void CopyRows(ReadOnlySpan<int> rows, Span<byte> inputs, Span<byte> labels)
    {
        var length = Inputs.Elements;
        var from = MemoryMarshal.Cast<byte, long>(inputs);
        var to = MemoryMarshal.Cast<byte, long>(labels);
        for (var i = 0; i < rows.Length; i++)
        {
            var window = _tokens.Span.Slice(rows[i] * _stride, length + 1);
            for (var j = 0; j < length; j++)
                (from[(i * length) + j], to[(i * length) + j]) = (window[j], window[j + 1]);
        }
    }
}
