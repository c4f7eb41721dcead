using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Domain.Specs;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Grains.Experiments;

/// <summary>Gives experiments their ids. The journal is the directory; this remembers what it has.</summary>
public sealed class ExperimentDirectoryGrain(IExperimentJournal journal) : Grain, IExperimentDirectoryGrain
{
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await journal.ListAsync(cancellationToken)) Add(id.Value);
    }

    /// <inheritdoc/>
    public async Task<string> Submit(Submission submission)
    {
        var name = JsonSerializer.Deserialize<ExperimentSpec>(submission.Spec)!.Name;
        for (var number = 1; ; number++)
        {
            var id = new ExperimentId($"{name}-{number}").Value;
            if (_taken.Contains(id)) continue;
            var created = await GrainFactory.GetGrain<IExperimentGrain>(id).Submit(submission);
            Add(id);
            if (created) return id;
        }
    }

    /// <inheritdoc/>
    public Task Forget(string experiment)
    {
        _ids.Remove(experiment);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> List() => Task.FromResult<ImmutableArray<string>>([.. _ids]);

    private void Add(string id)
    {
        if (_taken.Add(id)) _ids.Add(id);
    }
}
