using Orchestrator.Collectives;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using Orchestrator.Training.Trials;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>What a rank needs before its first step: options, data, model, state.</summary>
internal sealed class TrialSetup : IDisposable
{
    private TrialSetup(TrialAssignment assignment, IProcessGroup group, ITrainingTask task, string cacheFolder)
    {
        (Assignment, Group, CacheFolder) = (assignment, group, cacheFolder);
        Options = task.ReadOptions(assignment.Parameters);
        if (Options.BatchSize < group.WorldSize)
            throw new TrainingException(TrainingException.InvalidParameters, $"batch_size {Options.BatchSize} is less than the world size {group.WorldSize}: every rank needs a row.");
        Data = task.OpenData(assignment.Dataset, Options);
        Shape = new DataShape(Data.Training.Inputs.Shape, Data.Classes) { Vocabulary = Data.Vocabulary };
        Plan = new BatchPlan(Data.Training.Count, Options.BatchSize, assignment.Seed, group.Rank, group.WorldSize) { EpochRows = Data.EpochRows };
        Device = Devices.Parse(assignment.Device, group.WorldSize);
        ValidationMetrics = [.. task.Schema.Metrics.Where(name => name.StartsWith("validation_", StringComparison.Ordinal))];
        set_num_threads(assignment.Threads > 0 ? assignment.Threads : Math.Max(1, Environment.ProcessorCount / group.WorldSize));
        Model = Build(task);
        State = new TrainingState(Model, Options, Device);
    }

    internal TrialAssignment Assignment { get; }

    internal IProcessGroup Group { get; }

    /// <summary>Where evaluations keep what is the same for every trial.</summary>
    internal string CacheFolder { get; }

    internal TrainingOptions Options { get; }

    internal DatasetSplit Data { get; }

    internal DataShape Shape { get; }

    internal BatchPlan Plan { get; }

    internal Device Device { get; }

    internal IReadOnlyList<string> ValidationMetrics { get; }

    internal ITaskModel Model { get; }

    internal TrainingState State { get; }

    /// <summary>Steps of the whole trial.</summary>
    internal long TotalSteps => (long)Plan.BatchesPerEpoch * Options.Epochs;

    /// <exception cref="TrainingException">The assignment cannot be trained here.</exception>
    internal static TrialSetup Create(TrialAssignment assignment, IProcessGroup group, TaskRegistry tasks, string cacheFolder) =>
        new(assignment, group, tasks.Get(assignment.Task), cacheFolder);

    public void Dispose()
    {
        State.Dispose();
        Model.Dispose();
    }

    private ITaskModel Build(ITrainingTask task) =>
        LibraryGenerator.Draw(RandomSeeds.Of(Assignment.Seed, RandomPurpose.InitialWeights), () => task.Build(Options, Shape));
}
