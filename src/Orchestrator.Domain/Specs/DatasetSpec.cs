namespace Orchestrator.Domain.Specs;

/// <summary>What a sweep trains on.</summary>
/// <param name="Kind">The reader, for instance <c>mnist</c>.</param>
/// <param name="Path">A folder or file, absolute once a sweep is submitted.</param>
public sealed record DatasetSpec(string Kind, string Path);
