using System.Text.Json;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Tasks;
using Orchestrator.Grains.Contracts;
using Orchestrator.Specs;
using Orchestrator.Tasks;

namespace Orchestrator.Coordinator.Submitting;

/// <summary>Takes a sweep file in: reads it, and begins the experiment if it has no error.</summary>
public sealed class SweepSubmitter(IGrainFactory grains, IExperimentJournal journal, DedicatedPools dedicated)
{
    private const int MaxName = 40;
    private static readonly Dictionary<string, TaskSchema> Schemas = TaskCatalog.BuiltIn.Tasks.ToDictionary(t => t.Schema.Name, t => t.Schema, StringComparer.Ordinal);

    /// <summary>Reads and begins. Nothing is begun where the file has an error; all errors come at once.</summary>
    /// <exception cref="Access.AccessDeniedException">It is for another team's queue.</exception>
    public async Task<SubmissionResult> Submit(SweepSubmission submission)
    {
        var file = string.IsNullOrEmpty(submission.FileName) ? "sweep" : submission.FileName;
        var result = SweepFile.Parse(submission.Source, new SweepFileContext
        {
            Tasks = Schemas,
            FindTask = name => TaskCatalog.BuiltIn.Get(name).Schema,
            BaseDirectory = string.IsNullOrEmpty(submission.BaseDirectory) ? Environment.CurrentDirectory : submission.BaseDirectory,
            DefaultName = DefaultName(file),
            DatasetPath = string.IsNullOrEmpty(submission.Data) ? null : submission.Data,
            PathExists = Path.Exists,
        });
        if (result.Spec is null) return new SubmissionResult(null, [.. result.Errors.Select(e => $"{file}:{e}")]);
        if (dedicated.Fault(result.Spec) is { } fault) return new SubmissionResult(null, [$"{file}: {fault}"]);
        var errors = new List<string>();
        if (await WarmStart.Resolve(result.Spec, journal, errors) is not { } spec) return new SubmissionResult(null, [.. errors.Select(e => $"{file}: {e}")]);
        spec = spec with { Queue = submission.Caller.QueueFor(spec.Queue) };
        var directory = grains.GetGrain<IExperimentDirectoryGrain>(IExperimentDirectoryGrain.Default);
        return new SubmissionResult(await directory.Submit(new Submission(JsonSerializer.Serialize(spec), submission.Source)), []);
    }

    /// <summary>An experiment's name from its file's: <c>My Sweep.yaml</c> gives <c>my-sweep</c>.</summary>
    private static string DefaultName(string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file).ToLowerInvariant();
        var name = new string([.. stem.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(MaxName)]).Trim('-');
        return name.Length == 0 ? "sweep" : name;
    }
}
