namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of an indexing expression: a number, a slice, a tensor, an ellipsis, none or a truth value.</summary>
    public struct TensorIndex
    {
        public static readonly TensorIndex Ellipsis = new() { Kind = IndexKind.Ellipsis };
        public static readonly TensorIndex None = new() { Kind = IndexKind.None };
        public static readonly TensorIndex Null = None;
        public static readonly TensorIndex Colon = Slice();

        internal IndexKind Kind { get; private init; }

        internal long Number { get; private init; }

        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long Step { get; private init; }

        internal Tensor? Indices { get; private init; }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Kind = IndexKind.Slice, Start = start, Stop = stop, Step = step ?? 1 };

        public static TensorIndex Slice((int? start, int? stop) range) => Slice(range.start, range.stop);

        public static TensorIndex Slice(Range range) =>
            Slice(range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value, range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value);

        public static TensorIndex Bool(bool value) => new() { Kind = IndexKind.Bool, Number = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => index is { } number ? new() { Kind = IndexKind.Number, Number = number } : None;

        public static TensorIndex Tensor(Tensor tensor) => new() { Kind = IndexKind.Tensor, Indices = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? start, int? stop) range) => Slice(range);
    }

    internal enum IndexKind
    {
        Number,
        Slice,
        Tensor,
        Ellipsis,
        None,
        Bool,
    }
}
