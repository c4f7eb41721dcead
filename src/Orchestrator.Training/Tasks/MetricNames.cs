namespace Orchestrator.Training.Tasks;

/// <summary>Names of the metrics that the engine itself reports.</summary>
public static class MetricNames
{
    /// <summary>Samples trained per second, over all ranks, evaluation not counted.</summary>
    public const string SamplesPerSecond = "samples_per_second";

    /// <summary>Epsilon of differential privacy that a private trial has spent.</summary>
    public const string PrivacyEpsilon = "privacy_epsilon";

    /// <summary>Mean loss of an epoch's training batches: <c>train_loss</c> of a network without a name, <c>train_NAME_loss</c> otherwise.</summary>
    public static string TrainingLoss(string network) => network.Length == 0 ? "train_loss" : $"train_{network}_loss";
}
