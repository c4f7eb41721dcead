using System.Globalization;

namespace Orchestrator.Cli.Commands;

/// <summary>A time that a person gives: so long ago, or a date.</summary>
internal static class PastTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>Reads it; null: it is none.</summary>
    /// <param name="text"><c>30s</c>, <c>10m</c>, <c>2h</c>, <c>3d</c>, or a date and time, in UTC unless it says otherwise.</param>
    /// <param name="time">The clock.</param>
    public static DateTimeOffset? Parse(string text, TimeProvider time)
    {
        if (text.Length > 1 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Unit(text[^1]) is { } unit)
            return number <= Longest / unit ? time.GetUtcNow() - (number * unit) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
    }

    private static TimeSpan? Unit(char unit) => unit switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
