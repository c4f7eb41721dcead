using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Experiments;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ExperimentEvent))]
internal sealed partial class ExperimentEventJsonContext : JsonSerializerContext;
