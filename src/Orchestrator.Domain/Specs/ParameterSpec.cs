namespace Orchestrator.Domain.Specs;

/// <summary>One dimension of a sweep's space.</summary>
/// <param name="Name">The parameter; nested ones are dotted.</param>
/// <param name="Distribution">Its values.</param>
/// <param name="When">It is there only if all of these hold; null: always.</param>
public sealed record ParameterSpec(string Name, Distribution Distribution, IReadOnlyList<ParameterCondition>? When = null);
