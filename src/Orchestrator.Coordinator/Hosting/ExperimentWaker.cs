using Orchestrator.Domain.Journal;
using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>After a restart: wakes every experiment, so that those that were running go on by themselves.</summary>
internal sealed class ExperimentWaker(IExperimentJournal journal, IGrainFactory grains) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var id in await journal.ListAsync(stoppingToken)) await grains.GetGrain<IExperimentGrain>(id.Value).Wake();
    }
}
