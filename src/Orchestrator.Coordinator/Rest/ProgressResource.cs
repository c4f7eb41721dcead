using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>How far a running trial is, in the REST API.</summary>
internal sealed record ProgressResource(int Epoch, long Step, long Steps, double Loss, double SamplesPerSecond, double? EtaSeconds)
{
    public static ProgressResource Of(RankProgress progress) => new(
        progress.Epoch, progress.Step, progress.Steps, progress.Loss, progress.SamplesPerSecond, progress.EtaSeconds > 0 ? progress.EtaSeconds : null);
}
