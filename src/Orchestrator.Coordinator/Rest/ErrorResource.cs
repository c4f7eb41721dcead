using System.Globalization;

namespace Orchestrator.Coordinator.Rest;

/// <summary>What was wrong with a request, in the REST API: one line per fault.</summary>
internal sealed record ErrorResource(IReadOnlyList<string> Errors)
{
    public static ErrorResource NoExperiment(string id) => new([$"There is no experiment '{id}'; GET /api/v1/experiments lists them."]);

    public static ErrorResource NoTrial(string id, int trial) => new([string.Create(CultureInfo.InvariantCulture, $"There is no trial {trial} of an experiment '{id}'.")]);
}
