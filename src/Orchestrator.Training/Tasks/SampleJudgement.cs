using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tasks;

/// <summary>What a model needs to judge its samples.</summary>
public sealed class SampleJudgement
{
    private readonly Action<string, double> _report;

    internal SampleJudgement(DatasetSplit data, Device device, NoiseSource noise, string cacheFolder, Action<string, double> report, CancellationToken abort) =>
        (Data, Device, Noise, CacheFolder, _report, Abort) = (data, device, noise, cacheFolder, report, abort);

    /// <summary>What the trial trains on and is validated by.</summary>
    public DatasetSplit Data { get; }

    /// <summary>Where the model is.</summary>
    public Device Device { get; }

    /// <summary>The same noise in every evaluation of a trial.</summary>
    public NoiseSource Noise { get; }

    /// <summary>A folder for what is costly to compute and the same for every trial.</summary>
    public string CacheFolder { get; }

    /// <summary>Cancelled when the trial is.</summary>
    public CancellationToken Abort { get; }

    /// <summary>Reports one of the task's validation metrics.</summary>
    public void Report(string metric, double value) => _report(metric, value);
}
