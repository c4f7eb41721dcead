using static TorchSharp.torch;

namespace TorchSharp.Tests.Values;

/// <summary>Test inputs from a formula, in double precision: scattered, distinct, the same everywhere.</summary>
internal sealed record Input(long[] Shape, double Low = -1, double High = 1, long? Integers = null)
{
    internal bool Differentiable => Integers is null;

    internal Tensor Make(int seed)
    {
        var values = new double[Shape.TotalSize()];
        for (var i = 0; i < values.Length; i++)
        {
            var scattered = Math.Sin((i + 1) * 12.9898 + (seed + 1) * 78.233) * 43758.5453;
            values[i] = Low + (High - Low) * (scattered - Math.Floor(scattered));
        }

        return Integers is { } limit
            ? tensor(values.Select(v => (long)Math.Floor((v - Low) / (High - Low) * limit)).ToArray(), Shape)
            : tensor(values, Shape);
    }

    internal static Input R(params long[] shape) => new(shape);

    internal static Input Positive(params long[] shape) => new(shape, 0.2, 2);

    internal static Input Unit(params long[] shape) => new(shape, 0.05, 0.95);

    internal static Input Integer(long limit, params long[] shape) => new(shape, Integers: limit);
}
