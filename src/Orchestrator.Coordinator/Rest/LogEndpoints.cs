using System.Globalization;
using Orchestrator.Coordinator.Logs;

namespace Orchestrator.Coordinator.Rest;

/// <summary>Logs in the REST API: a JSON object a line, sent as it comes.</summary>
internal static class LogEndpoints
{
    private const string MediaType = "application/x-ndjson";

    public static void MapLogs(this RouteGroupBuilder api) => api.MapGet("/experiments/{id}/trials/{trial:int}/log", Read)
        .WithSummary("A rank's log, a JSON object a line (rank, since: a time, follow: until the trial ends).").Produces<string>(contentType: MediaType).Produces<ErrorResource>(StatusCodes.Status404NotFound);

    private static async Task Read(string id, int trial, TrialLogs logs, HttpContext context, int rank = 0, DateTimeOffset? since = null, bool follow = false)
    {
        var cancellationToken = context.RequestAborted;
        if (await logs.Open(id, trial, rank, since, follow) is not { } lines)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsJsonAsync(new ErrorResource([string.Create(CultureInfo.InvariantCulture, $"There is no rank {rank} of a trial {trial} of an experiment '{id}'.")]), cancellationToken);
            return;
        }
        context.Response.ContentType = MediaType;
        await context.Response.StartAsync(cancellationToken);
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            await context.Response.Body.WriteAsync(line.ToUtf8(), cancellationToken);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }
}
