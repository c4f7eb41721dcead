namespace Orchestrator.Domain.Specs;

/// <summary>What each trial runs on.</summary>
/// <param name="WorldSize">Ranks of a trial, 1 to 1,024.</param>
/// <param name="Device">The kind of slot each rank takes.</param>
/// <param name="MaxParallel">How many trials may run at once; null: as many as fit.</param>
public sealed record ResourcesSpec(int WorldSize = 1, DeviceKind Device = DeviceKind.Cpu, int? MaxParallel = null);
