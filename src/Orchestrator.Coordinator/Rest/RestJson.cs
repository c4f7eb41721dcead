using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Coordinator.Rest;

/// <summary>How the REST API writes JSON: snake_case, enumerations as lower-case words, NaN as a word.</summary>
internal static class RestJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
    }
}
