using Orchestrator.Training.Trials;

namespace Orchestrator.Training.Engine;

/// <summary>Reports progress a few times a second at most, and measures the time of an epoch's steps.</summary>
internal sealed class ProgressMeter(TimeProvider time, ITrialObserver observer, long steps)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private long _epochStart;
    private long _epochSamples;
    private long _reportStart;
    private long _reportSamples;

    /// <summary>Time since the epoch began.</summary>
    internal TimeSpan EpochTime => time.GetElapsedTime(_epochStart);

    /// <summary>Samples of all ranks per second since the epoch began.</summary>
    internal double SamplesPerSecond => _epochSamples / Math.Max(EpochTime.TotalSeconds, 1e-9);

    internal void BeginEpoch()
    {
        _epochStart = _reportStart = time.GetTimestamp();
        _epochSamples = _reportSamples = 0;
    }

    internal void Count(int samples, int epoch, long step, double loss)
    {
        _epochSamples += samples;
        _reportSamples += samples;
        var elapsed = time.GetElapsedTime(_reportStart);
        if (elapsed < Interval)
            return;
        observer.OnProgress(new TrialProgress(epoch, step, steps, loss, _reportSamples / elapsed.TotalSeconds));
        _reportStart = time.GetTimestamp();
        _reportSamples = 0;
    }
}
