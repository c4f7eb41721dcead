using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary>Gets the experiment that a command line means.</summary>
internal static class ExperimentLookup
{
    /// <summary>The named one, with its trials; without a name the one that <paramref name="choose"/> takes.</summary>
    public static async Task<Experiment> FindAsync(
        Experiments.ExperimentsClient client, string? id, Func<IEnumerable<Experiment>, Experiment> choose, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(id))
        {
            var list = await client.ListAsync(new ListExperimentsRequest(), cancellationToken: cancel);
            id = choose(list.Experiments).Id;
        }
        return await client.GetAsync(new GetExperimentRequest { Experiment = id }, cancellationToken: cancel);
    }
}
