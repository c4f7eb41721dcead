using Orchestrator.Collectives;
using Orchestrator.Domain.Parameters;
using Orchestrator.Training.Data;
using Orchestrator.Training.Privacy;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Tasks;
using Orchestrator.Training.Trials;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>What a rank needs before its first step: options, data, model, state.</summary>
internal sealed class TrialSetup : IDisposable
{
    private readonly ITrainingTask _task;

    private TrialSetup(TrialAssignment assignment, IProcessGroup group, ITrainingTask task, string cacheFolder)
    {
        (Assignment, Group, CacheFolder, _task) = (assignment, group, cacheFolder, task);
        Options = task.ReadOptions(assignment.Parameters);
        if (Options.BatchSize < group.WorldSize)
            throw new TrainingException(TrainingException.InvalidParameters, $"batch_size {Options.BatchSize} is less than the world size {group.WorldSize}: every rank needs a row.");
        Data = task.OpenData(assignment.Dataset, Options);
        Shape = new DataShape(Data.Training.Inputs.Shape, Data.Classes) { Vocabulary = Data.Vocabulary, SampleRate = Data.SampleRate };
        Plan = PlanOf(Options);
        Privacy = PrivacyPlan.Create(Options, Plan);
        if (Privacy is not null)
            Options = Options with { Epochs = Privacy.Epochs };
        Device = Devices.Parse(assignment.Device, group.WorldSize);
        ValidationMetrics = [.. task.Schema.Metrics.Where(name => name.StartsWith("validation_", StringComparison.Ordinal))];
        set_num_threads(assignment.Threads > 0 ? assignment.Threads : Math.Max(1, Environment.ProcessorCount / group.WorldSize));
        Model = Build(task);
        if (Options.Accumulate > 1 && Model.Networks.Count > 1)
            throw new TrainingException(TrainingException.InvalidParameters, $"accumulate = {Options.Accumulate}: the networks of task '{assignment.Task}' take turns within a step, so its rows cannot come in parts. Leave it at 1.");
        State = new TrainingState(Model, Options, Device);
        if (Options.Precision == PrecisionKind.BFloat16 && !State.Networks.Any(network => network.Parameters.IsReduced))
            throw new TrainingException(TrainingException.InvalidParameters, $"precision = bfloat16: the device '{assignment.Device}' computes no layer of this model in bfloat16. Use float32.");
    }

    internal TrialAssignment Assignment { get; private set; }

    internal IProcessGroup Group { get; private set; }

    /// <summary>Where evaluations keep what is the same for every trial.</summary>
    internal string CacheFolder { get; }

    internal TrainingOptions Options { get; }

    internal DatasetSplit Data { get; }

    internal DataShape Shape { get; }

    internal BatchPlan Plan { get; private set; }

    /// <summary>How the trial is trained privately; null where it is not.</summary>
    internal PrivacyPlan? Privacy { get; }

    internal Device Device { get; }

    internal IReadOnlyList<string> ValidationMetrics { get; }

    internal ITaskModel Model { get; }

    internal TrainingState State { get; }

    /// <summary>Steps of the whole trial.</summary>
    internal long TotalSteps => (long)Plan.BatchesPerEpoch * Options.Epochs;

    /// <exception cref="TrainingException">The assignment cannot be trained here.</exception>
    internal static TrialSetup Create(TrialAssignment assignment, IProcessGroup group, TaskRegistry tasks, string cacheFolder) =>
        new(assignment, group, tasks.Get(assignment.Task), cacheFolder);

    /// <summary>Goes on as a rank of another process group: the rows of each batch are shared anew, the batches stay. Who saves checkpoints knows of those that there are.</summary>
    internal void Join(RegroupedRank regrouped)
    {
        if (Group.Rank != 0)
            Assignment = regrouped.Assignment;
        Group = regrouped.Group;
        Plan = Plan with { Rank = Group.Rank, WorldSize = Group.WorldSize };
    }

    /// <summary>What was learned from the same rows before counts too.</summary>
    /// <param name="earlier">The parameters that a checkpoint was trained with.</param>
    /// <exception cref="TrainingException">The trial is private, and the cost of the steps before the checkpoint was another.</exception>
    internal void CheckPrivacyOf(ParameterSet earlier)
    {
        if (Privacy is null)
            return;
        var options = _task.ReadOptions(earlier);
        if (PrivacyPlan.Create(options, PlanOf(options))?.SpendsLike(Privacy) == true)
            return;
        throw new TrainingException(
            TrainingException.InvalidParameters,
            "the checkpoint was trained with other noise or batches (or without privacy), so what it spent is not accounted for: keep batch_size and the parameters of privacy, and give privacy_noise where epochs change.");
    }

    public void Dispose()
    {
        State.Dispose();
        Model.Dispose();
    }

    private BatchPlan PlanOf(TrainingOptions options)
    {
        var plan = new BatchPlan(Data.Training.Count, options.BatchSize, Assignment.Seed, Group.Rank, Group.WorldSize);
        if (options.PrivacyEpsilon == 0)
            return Data.EpochRows is { } samples ? plan with { Sampling = RowSampling.WithReplacement, Samples = samples } : plan;
        return Data.EpochRows is null
            ? plan with { Sampling = RowSampling.Poisson }
            : throw new TrainingException(TrainingException.InvalidParameters, "privacy_epsilon: the rows of this data overlap, so that what one of them reveals is not bounded.");
    }

    private ITaskModel Build(ITrainingTask task) =>
        LibraryGenerator.Draw(RandomSeeds.Of(Assignment.Seed, RandomPurpose.InitialWeights), () => task.Build(Options, Shape));
}
