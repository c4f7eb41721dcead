using System.Text.Json;

namespace Orchestrator.Training.Tasks;

internal static class SnakeCase
{
    /// <summary><c>LearningRate</c> gives <c>learning_rate</c>; a name of an enum member gives lower case only (<c>AdamW</c>: <c>adamw</c>).</summary>
    internal static string OfProperty(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    internal static string OfChoice(string name) => name.ToLowerInvariant();
}
