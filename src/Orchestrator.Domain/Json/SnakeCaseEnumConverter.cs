using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Json;

/// <summary>Writes an enumeration by name, in snake_case as everything else in the journal; a number is not read.</summary>
internal sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
