using System.Runtime.CompilerServices;
using Orchestrator.Collectives;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

/// <summary>Makes and runs assignments.</summary>
internal static class Trials
{
    /// <summary>The digits that the repository ships.</summary>
    internal static string Digits { get; } = Path.Combine(Root(), "examples", "data", "mnist");

    /// <summary>A text of 11,000 characters.</summary>
    internal static string Licence { get; } = Path.Combine(Root(), "LICENSE");

    /// <summary>Classifiers of the digits that tests judge by: trained once, gone with the process.</summary>
    private static string Cache { get; } = MakeCache();

    /// <summary>A small VAE on 540 digits: 9 steps of 64 an epoch, the last one of 28.</summary>
    internal static TrialAssignment Small(string folder, long epochs) => Assign(
        Path.Combine(folder, "checkpoints"),
        SmallDigits.Create(Path.Combine(folder, "data")),
        ("epochs", ParameterValue.Of(epochs)),
        ("batch_size", ParameterValue.Of(64L)),
        ("hidden_size", ParameterValue.Of(32L)),
        ("latent_size", ParameterValue.Of(5L)));

    internal static TrialAssignment Assign(string folder, string data, params (string Name, ParameterValue Value)[] parameters) => new()
    {
        Attempt = new AttemptId(new TrialId(new ExperimentId("test"), 1), 1),
        Task = "vae",
        Parameters = new ParameterSet(parameters.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))),
        Seed = 7,
        Dataset = new DatasetSpec("mnist", data),
        Metric = new MetricSpec("validation_elbo", Goal.Maximize),
        CheckpointFolder = folder,
        Threads = 1,
    };

    internal static TrialResult Run(TrialAssignment assignment, RecordingObserver observer)
    {
        using var group = new SingleProcessGroup("test");
        return Run(assignment, group, observer);
    }

    /// <summary>Runs the ranks of an attempt on threads of this process.</summary>
    internal static TrialResult[] Run(TrialAssignment assignment, IReadOnlyList<IProcessGroup> groups, IReadOnlyList<RecordingObserver> observers)
    {
        var results = new TrialResult[groups.Count];
        var ranks = Enumerable.Range(0, groups.Count)
            .Select(rank => Task.Factory.StartNew(
                () => results[rank] = Run(assignment, groups[rank], observers[rank]),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))
            .ToArray();
        if (!Task.WaitAll(ranks, TimeSpan.FromMinutes(5)))
            throw new TimeoutException("The ranks did not end.");
        return results;
    }

    internal static TrialResult Run(TrialAssignment assignment, IProcessGroup group, RecordingObserver observer, IRegrouping? regrouping = null) =>
        new TrialRunner(TaskCatalog.BuiltIn, TimeProvider.System, Cache).Run(assignment, group, observer, observer, CancellationToken.None, regrouping);

    private static string MakeCache()
    {
        var folder = Directory.CreateTempSubdirectory("classifiers-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
