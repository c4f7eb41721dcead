using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Specs;

/// <summary>Which search algorithm proposes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchMethod>))]
public enum SearchMethod
{
    /// <summary>Independent draws.</summary>
    Random,

    /// <summary>Every combination, in a fixed order.</summary>
    Grid,
}
