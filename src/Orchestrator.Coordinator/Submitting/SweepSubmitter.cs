using System.Text.Json;
using Orchestrator.Domain.Tasks;
using Orchestrator.Grains.Contracts;
using Orchestrator.Specs;
using Orchestrator.Tasks;

namespace Orchestrator.Coordinator.Submitting;

/// <summary>Takes a sweep file in: reads it, and begins the experiment if it has no error.</summary>
public sealed class SweepSubmitter(IGrainFactory grains)
{
    /// <summary>Reads and begins. Nothing is begun where the file has an error; all errors come at once.</summary>
    public async Task<SubmissionResult> Submit(SweepSubmission submission)
    {
        var file = string.IsNullOrEmpty(submission.FileName) ? "sweep" : submission.FileName;
        var result = SweepFile.Parse(submission.Source, new SweepFileContext
        {
            Tasks = TaskCatalog.Schemas,
            BaseDirectory = string.IsNullOrEmpty(submission.BaseDirectory) ? null : submission.BaseDirectory,
            DatasetPath = string.IsNullOrEmpty(submission.Data) ? null : submission.Data,
        });
        if (result.Spec is null) return new SubmissionResult(null, [.. result.Errors.Select(e => $"{file}:{e.Line}:{e.Column}: {e.Message}")]);
        var directory = grains.GetGrain<IExperimentDirectoryGrain>(IExperimentDirectoryGrain.Default);
        return new SubmissionResult(await directory.Submit(new Submission(JsonSerializer.Serialize(result.Spec), submission.Source)), []);
    }
}
