using static TorchSharp.torch;

namespace Orchestrator.Tasks.Style;

/// <summary>Draws <see cref="StylePattern"/>.</summary>
internal static class StylePicture
{
    private const double Period = 5;

    /// <summary>A picture of one row: 1 x channels x height x width, 0 to 1.</summary>
    internal static Tensor Draw(StylePattern pattern, long channels, long height, long width)
    {
        var y = arange(height, ScalarType.Float32).view(-1, 1).expand(height, width);
        var x = arange(width, ScalarType.Float32).view(1, -1).expand(height, width);
        var picture = pattern switch
        {
            StylePattern.Stripes => Wave(x + y),
            StylePattern.Checks => (((Wave(x) - 0.5) * (Wave(y) - 0.5) * 16).clamp(-1, 1) + 1) / 2,
            StylePattern.Dots => ((Wave(x) * Wave(y)) - 0.25).clamp(0, 0.5) * 2,
            StylePattern.Waves => Wave(y + (x * (2 * Math.PI / (2 * Period))).sin() * 2),
            _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "unknown pattern"),
        };
        return picture.expand(1, channels, height, width).contiguous();
    }

    /// <summary>From 0 to 1 and back once a period.</summary>
    private static Tensor Wave(Tensor place) => ((place * (2 * Math.PI / Period)).sin() + 1) / 2;
}
