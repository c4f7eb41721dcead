using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Tasks;

/// <summary>One parameter that a task understands.</summary>
/// <param name="Name">Its name in a sweep file (snake_case).</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Minimum">The least value, if bounded.</param>
/// <param name="Maximum">The greatest value, if bounded.</param>
/// <param name="Choices">The texts allowed; null: any.</param>
/// <param name="Default">What it is where a sweep does not set it.</param>
/// <param name="Description">One sentence, with the unit.</param>
public sealed record TaskParameter(
    string Name,
    TaskParameterKind Kind,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<string>? Choices,
    ParameterValue? Default,
    string Description);
