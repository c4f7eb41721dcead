using System.Globalization;
using Orchestrator.Domain.Metrics;

namespace Orchestrator.Storage.Redis.Metrics;

/// <summary>
/// A point as text: attempt in 10 digits, step in 19, value. So scripts tell by comparing the digits as text which of two points
/// stands (<see cref="CurvePoint.Replaces"/>), beyond what Lua's numbers hold, and a value is kept to the last bit.
/// </summary>
internal static class PointText
{
    private const int AttemptDigits = 10;
    private const int OrderDigits = 29;

    public static string Write(CurvePoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.Attempt:D10}{point.Step:D19}{point.Value:R}");

    /// <exception cref="FormatException">The text is no point.</exception>
    public static CurvePoint Read(string text) => new(
        long.Parse(text.AsSpan(AttemptDigits, OrderDigits - AttemptDigits), NumberStyles.None, CultureInfo.InvariantCulture),
        double.Parse(text.AsSpan(OrderDigits), NumberStyles.Float, CultureInfo.InvariantCulture),
        int.Parse(text.AsSpan(0, AttemptDigits), NumberStyles.None, CultureInfo.InvariantCulture));
}
