using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>Which search algorithm proposes.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SearchMethod>))]
public enum SearchMethod
{
    /// <summary>Independent draws.</summary>
    Random,

    /// <summary>Every combination, in a fixed order.</summary>
    Grid,
}
