using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>What flows with a call.</summary>
internal sealed record RequestContextData(Guid ReentrancyId, ImmutableDictionary<string, object> Values)
{
    public static RequestContextData Empty { get; } = new(Guid.Empty, ImmutableDictionary.Create<string, object>(StringComparer.Ordinal));

    public RequestContextData? OrNull() => ReentrancyId == Guid.Empty && Values.IsEmpty ? null : this;
}
