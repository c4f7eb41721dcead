using System.Runtime.CompilerServices;
using Orchestrator.Collectives;
using Orchestrator.Collectives.Single;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Trials;

namespace Orchestrator.Tasks.Tests;

/// <summary>Assignments on the digits that the repository ships.</summary>
internal static class Trials
{
    internal static string Digits { get; } = Path.Combine(Root(), "examples", "data", "mnist");

    internal static TrialAssignment Assign(string folder, params (string Name, ParameterValue Value)[] parameters) => new()
    {
        Attempt = new AttemptId(new TrialId(new ExperimentId("test"), 1), 1),
        Task = "vae",
        Parameters = new ParameterSet(parameters.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))),
        Seed = 7,
        Dataset = new DatasetSpec("mnist", Digits),
        Metric = new MetricSpec("validation_elbo", Goal.Maximize),
        CheckpointFolder = folder,
        Threads = 1,
    };

    internal static TrialResult Run(TrialAssignment assignment, RecordingObserver observer)
    {
        using var group = new SingleProcessGroup("test");
        return Run(assignment, group, observer);
    }

    internal static TrialResult Run(TrialAssignment assignment, IProcessGroup group, RecordingObserver observer) =>
        new TrialRunner(TaskCatalog.BuiltIn, TimeProvider.System).Run(assignment, group, observer, observer, CancellationToken.None);

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
