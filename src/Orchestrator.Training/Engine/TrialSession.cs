using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Training.Artifacts;
using Orchestrator.Training.Checkpointing;
using Orchestrator.Training.Data;
using Orchestrator.Training.Health;
using Orchestrator.Training.Optimizers;
using Orchestrator.Training.Privacy;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using Orchestrator.Training.Trials;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>The loop of one rank: steps, evaluation, checkpoints, until the last epoch or an agreed stop.</summary>
internal sealed class TrialSession : IDisposable
{
    private readonly TrialSetup _setup;
    private readonly ITrialObserver _observer;
    private readonly CheckpointWriter? _writer;
    private readonly ArtifactRecorder? _artifacts;
    private readonly TimeProvider _time;
    private readonly CancellationToken _abort;
    private readonly BatchPlan _plan;
    private readonly Evaluator _evaluator;
    private readonly HealthMonitor _health;
    private readonly GradientStep _gradients;
    private readonly PrivateGradients? _private;
    private readonly Action<Network, Tensor> _minimize;
    private readonly ProgressMeter _progress;
    private readonly BestMetric _best;
    private Dictionary<string, double> _metrics = new(StringComparer.Ordinal);

    /// <summary>Prepares the loop.</summary>
    /// <param name="setup">What to train.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="writer">Saves checkpoints; null on all ranks but the first.</param>
    /// <param name="health">What it knows of the trial's health.</param>
    /// <param name="best">The best metric so far.</param>
    /// <param name="time">The clock.</param>
    /// <param name="abort">Ends the loop at once.</param>
    internal TrialSession(TrialSetup setup, ITrialObserver observer, CheckpointWriter? writer, HealthMonitor health, BestMetric best, TimeProvider time, CancellationToken abort)
    {
        (_setup, _observer, _writer, _health, _best, _time, _abort) = (setup, observer, writer, health, best, time, abort);
        _plan = setup.Plan;
        _artifacts = ArtifactRecorder.Create(setup, observer, time);
        _evaluator = new Evaluator(setup);
        _gradients = new GradientStep(setup.State, setup.Group, _health, setup.Options.BatchSize);
        _private = setup.Privacy is { } privacy ? new PrivateGradients(privacy, setup.State, _gradients) : null;
        _minimize = _gradients.Minimize;
        _progress = new ProgressMeter(time, observer, setup.TotalSteps);
    }

    private TrainingState State => _setup.State;

    internal TrialResult Run()
    {
        using var loader = new BatchLoader(_setup.Data.Training, _plan, State.Epoch, State.BatchInEpoch, _setup.Options.Epochs, _time);
        while (State.Epoch < _setup.Options.Epochs)
        {
            var waited = loader.Waited;
            if (TrainEpoch(loader) is not StopRequest.None and var stop)
                return Stop(stop);
            FinishEpoch(_progress.EpochTime, _progress.SamplesPerSecond, loader.Waited - waited);
        }

        return Result(TrialOutcome.Completed);
    }

    public void Dispose()
    {
        _private?.Dispose();
        _artifacts?.Dispose();
        _evaluator.Dispose();
    }

    private StopRequest TrainEpoch(BatchLoader loader)
    {
        _progress.BeginEpoch();
        while (State.BatchInEpoch < _plan.BatchesPerEpoch)
        {
            _abort.ThrowIfCancellationRequested();
            TrainBatch(loader.Next(_abort));
            if (_gradients.Agreed != StopRequest.None)
                return _gradients.Agreed;
        }

        return StopRequest.None;
    }

    private void TrainBatch(BatchBuffer buffer)
    {
        using var scope = NewDisposeScope();
        var seed = RandomSeeds.Of(_setup.Assignment.Seed, RandomPurpose.TrainingNoise, State.Step);
        var rows = buffer.GlobalCount;
        LibraryGenerator.Seed(RandomSeeds.Of(seed, RandomPurpose.LibraryGenerator, _plan.Rank));
        _gradients.Begin(rows, LearningRateSchedule.Factor(_setup.Options, State.Step, _setup.TotalSteps), _observer.StopRequest, _abort);
        var batch = buffer.On(_setup.Device);
        if (_private is null)
            TrainParts(batch, buffer.FirstRow, seed);
        else
            _private.Train(_setup.Model, batch, (row, index, minimize) => StepOf(row, buffer.FirstRow + index, seed, minimize), RandomSeeds.Of(seed, RandomPurpose.PrivacyNoise));
        State.Step++;
        State.BatchInEpoch++;
        State.UpdatesInStep = 0;
        for (var i = 0; i < State.LossSums.Length; i++)
            State.LossSums[i] += State.Losses[i] * rows;
        _progress.Count(rows, State.Epoch, State.Step, State.Losses[0]);
    }

    private TrainingStep StepOf(Batch batch, int row, long seed, Action<Network, Tensor> minimize) =>
        new(batch, State.Epoch, State.Step, new NoiseSource(seed, row, _setup.Device), minimize);

    /// <summary>Trains on this rank's rows: at once, or in parts whose gradients add up.</summary>
    private void TrainParts(Batch batch, int firstRow, long seed)
    {
        var parts = Math.Clamp(_setup.Options.Accumulate, 1, Math.Max(1, batch.Count));
        if (parts == 1)
        {
            _setup.Model.Train(StepOf(batch, firstRow, seed, _minimize));
            return;
        }
        for (var part = 0; part < parts; part++)
        {
            using var scope = NewDisposeScope();
            var start = (int)((long)batch.Count * part / parts);
            var count = (int)((long)batch.Count * (part + 1) / parts) - start;
            _gradients.BeginPart(part == 0, part == parts - 1);
            var rows = new Batch(batch.Inputs.narrow(0, start, count), batch.Labels.narrow(0, start, count), count);
            _setup.Model.Train(StepOf(rows, firstRow + start, seed, _minimize));
        }
    }

    private void FinishEpoch(TimeSpan trainingTime, double samplesPerSecond, TimeSpan loadingTime)
    {
        var start = _time.GetTimestamp();
        StateBroadcast.RunBuffers(State, _setup.Group, _abort);
        using (State.UseAverages())
            _metrics = _evaluator.Evaluate(_setup.Model, _abort);
        for (var i = 0; i < State.LossSums.Length; i++)
            _metrics[MetricNames.TrainingLoss(State.Networks[i].Network.Name)] = State.LossSums[i] / _plan.Samples;
        _metrics[MetricNames.SamplesPerSecond] = samplesPerSecond;
        if (_setup.Privacy is { } privacy)
            _metrics[MetricNames.PrivacyEpsilon] = privacy.Epsilon(State.Step);
        State.FinishEpoch();
        State.Remember(new EpochMetrics(State.Epoch, _metrics));
        _best.Update(State.Epoch, _metrics);
        _health.Evaluation(_setup.Model, _metrics, State.Epoch);
        var findings = _health.Take();
        _observer.OnEpoch(new EpochReport(State.Epoch, State.Step, _metrics, trainingTime, _time.GetElapsedTime(start)) { LoadingTime = loadingTime, Findings = findings });
        var unhealthy = _health.EndOf(findings);
        var isLast = State.Epoch == _setup.Options.Epochs || unhealthy is not null;
        var isSaved = isLast || State.Epoch % _setup.Assignment.Checkpoint.Every == 0;
        if (_artifacts is not null)
            Record(_artifacts, isSaved);
        if (isLast)
            _writer?.SaveFinal(State, Manifest(), _abort);
        else if (isSaved)
            _writer?.Save(State, Manifest());
        if (unhealthy is not null)
            throw unhealthy;
    }

    private void Record(ArtifactRecorder artifacts, bool isSaved)
    {
        using var noGradient = no_grad();
        using var averages = State.UseAverages();
        _setup.Model.SetTraining(false);
        artifacts.Record(State.Step, [.. State.History], isSaved);
        _setup.Model.SetTraining(true);
    }

    private TrialResult Stop(StopRequest stop)
    {
        if (stop == StopRequest.SaveAndStop)
            _writer?.SaveFinal(State, Manifest(), _abort);
        return Result(TrialOutcome.Stopped);
    }

    private TrialResult Result(TrialOutcome outcome) => new(outcome, State.Epoch, State.Step, _best.Value, _best.Epoch, _writer?.Last);

    private CheckpointManifest Manifest()
    {
        var assignment = _setup.Assignment;
        return new CheckpointManifest
        {
            Task = assignment.Task,
            Experiment = assignment.Attempt.Trial.Experiment.Value,
            Trial = assignment.Attempt.Trial.Number,
            Attempt = assignment.Attempt.Number,
            Parameters = assignment.Parameters,
            Dataset = assignment.Dataset,
            InputShape = _setup.Shape.Input,
            Classes = _setup.Shape.Classes,
            Vocabulary = _setup.Shape.Vocabulary.Length > 0 ? _setup.Shape.Vocabulary : null,
            SampleRate = _setup.Shape.SampleRate > 0 ? _setup.Shape.SampleRate : null,
            Epoch = State.Epoch,
            Step = State.Step,
            BatchInEpoch = State.BatchInEpoch,
            LossSums = [.. State.LossSums],
            Seed = assignment.Seed,
            Metrics = _metrics,
            History = [.. State.History],
            CreatedAt = _time.GetUtcNow(),
        };
    }
}
