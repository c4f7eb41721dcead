namespace Orchestrator.Domain.Specs;

/// <summary>One dimension of a sweep's space.</summary>
/// <param name="Name">The parameter; nested ones are dotted.</param>
/// <param name="Distribution">Its values.</param>
public sealed record ParameterSpec(string Name, Distribution Distribution);
