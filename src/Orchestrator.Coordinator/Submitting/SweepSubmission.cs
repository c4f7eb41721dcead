using Orchestrator.Coordinator.Access;

namespace Orchestrator.Coordinator.Submitting;

/// <summary>A sweep file as a client sends it.</summary>
/// <param name="Source">Its text.</param>
/// <param name="Caller">Who sends it.</param>
/// <param name="BaseDirectory">What relative paths in it are relative to.</param>
/// <param name="Data">Replaces the dataset's path, unless empty.</param>
/// <param name="FileName">Shown in errors, unless empty.</param>
public sealed record SweepSubmission(string Source, Caller Caller, string? BaseDirectory = null, string? Data = null, string? FileName = null);
