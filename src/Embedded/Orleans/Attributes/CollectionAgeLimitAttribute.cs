namespace Orleans;

/// <summary>How long an activation of the class may be idle before it goes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CollectionAgeLimitAttribute : Attribute
{
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    public CollectionAgeLimitAttribute() { }

    public CollectionAgeLimitAttribute(string inactivityPeriod)
    {
        var span = TimeSpan.Parse(inactivityPeriod);
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, nameof(inactivityPeriod));
        Minutes = span.TotalMinutes;
    }

    public double Days { private get; init; }
    public double Hours { private get; init; }
    public double Minutes { private get; init; }

    /// <value>Whether the activation never goes by being idle.</value>
    public bool AlwaysActive { get; init; }

    public TimeSpan AgeLimit
    {
        get
        {
            if (AlwaysActive) return TimeSpan.MaxValue;
            var limit = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return limit < MinAgeLimit ? MinAgeLimit : limit;
        }
    }
}
