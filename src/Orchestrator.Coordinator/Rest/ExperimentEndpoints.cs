using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Orchestrator.Coordinator.Access;
using Orchestrator.Coordinator.Submitting;
using Orchestrator.Grains.Contracts;
using Orchestrator.ServiceDefaults.Access;

namespace Orchestrator.Coordinator.Rest;

/// <summary>The REST API, under <c>/api/v1</c>.</summary>
internal static class ExperimentEndpoints
{
    private const int MaxSweepFileBytes = 1 << 20;

    public static void MapExperiments(this WebApplication app)
    {
        var all = app.MapGroup("/api/v1").AddEndpointFilter<AccessDeniedFilter>();
        var api = all.MapGroup("").RequireAuthorization(AccessPolicies.Viewer);
        var changes = all.MapGroup("").RequireAuthorization(AccessPolicies.Submitter);
        changes.MapPost("/experiments", Submit).WithSummary("Submit a sweep file (its text as the body).").Accepts<string>("application/yaml", "text/plain");
        api.MapGet("/experiments", List).WithSummary("All experiments, oldest first, without their trials.");
        api.MapGet("/experiments/{id}", Get).WithSummary("One experiment with its trials (since: only those that changed after this revision).");
        api.MapGet("/experiments/{id}/trials/{trial:int}", Trial).WithSummary("One trial.");
        api.MapGet("/experiments/{id}/trials/{trial:int}/checkpoints", Checkpoints).WithSummary("A trial's checkpoints, newest first.");
        api.MapGet("/experiments/{id}/trials/{trial:int}/curves", Curves).WithSummary("What a trial measured, step by step (metric: which, repeated; all without one).");
        changes.MapPost("/experiments/{id}/stop", Stop).WithSummary("Stop an experiment; it can be resumed.");
        changes.MapPost("/experiments/{id}/resume", Resume).WithSummary("Resume a stopped experiment.");
        changes.MapDelete("/experiments/{id}", Delete).WithSummary("Delete an experiment that does not run, with its checkpoints (force: stop it first; keep_checkpoints: leave their files).");
        changes.MapTrials();
        api.MapLogs();
        api.MapArtifacts();
        api.MapGet("/queues", Queues).WithSummary("The teams' queues: what each has, and who waits there for what.");
        api.MapGet("/workers", Workers).WithSummary("The workers that are alive.");
    }

    private static async Task<Results<Created<ExperimentResource>, BadRequest<ErrorResource>>> Submit(
        HttpRequest request, ClaimsPrincipal user, SweepSubmitter submitter, ExperimentClient client, [FromQuery] string? data, [FromQuery(Name = "base_directory")] string? baseDirectory)
    {
        if (await ReadText(request) is not { } source) return TypedResults.BadRequest(new ErrorResource([$"A sweep file has at most {MaxSweepFileBytes} bytes."]));
        var result = await submitter.Submit(new SweepSubmission(source, Caller.Of(user), baseDirectory, data));
        if (result.Experiment is null) return TypedResults.BadRequest(new ErrorResource(result.Errors));
        return TypedResults.Created($"/api/v1/experiments/{result.Experiment}", ExperimentResource.Of((await client.Find(result.Experiment))!, withTrials: true));
    }

    private static async Task<Ok<IEnumerable<ExperimentResource>>> List(ExperimentClient client) =>
        TypedResults.Ok((await client.List()).Select(view => ExperimentResource.Of(view, withTrials: false)));

    private static async Task<Results<Ok<ExperimentResource>, NotFound<ErrorResource>>> Get(string id, ExperimentClient client, long since = 0) =>
        await client.Find(id, since) is { } view ? TypedResults.Ok(ExperimentResource.Of(view, withTrials: true)) : TypedResults.NotFound(ErrorResource.NoExperiment(id));

    private static async Task<Results<Ok<TrialResource>, NotFound<ErrorResource>>> Trial(string id, int trial, ExperimentClient client) =>
        await client.Trial(id, trial) is { } view ? TypedResults.Ok(TrialResource.Of(view)) : TypedResults.NotFound(ErrorResource.NoTrial(id, trial));

    private static async Task<Results<Ok<IEnumerable<CheckpointResource>>, NotFound<ErrorResource>>> Checkpoints(string id, int trial, ExperimentClient client) =>
        await client.Checkpoints(id, trial) is { } checkpoints
            ? TypedResults.Ok(checkpoints.Select(CheckpointResource.Of))
            : TypedResults.NotFound(ErrorResource.NoTrial(id, trial));

    private static async Task<Results<Ok<IEnumerable<CurveResource>>, NotFound<ErrorResource>>> Curves(
        string id, int trial, ExperimentClient client, [FromQuery(Name = "metric")] string[]? metrics, CancellationToken cancellationToken) =>
        await client.Curves(id, trial, metrics ?? [], cancellationToken) is { } curves
            ? TypedResults.Ok((await curves.ToListAsync(cancellationToken)).Select(CurveResource.Of))
            : TypedResults.NotFound(ErrorResource.NoTrial(id, trial));

    private static async Task<Results<Ok<ExperimentResource>, NotFound<ErrorResource>>> Stop(string id, ClaimsPrincipal user, ExperimentClient client) =>
        await client.Stop(Caller.Of(user), id, "Stopped over REST.") ? await Known(id, client) : TypedResults.NotFound(ErrorResource.NoExperiment(id));

    private static async Task<Results<Ok<ExperimentResource>, NotFound<ErrorResource>>> Resume(string id, ClaimsPrincipal user, ExperimentClient client) =>
        await client.Resume(Caller.Of(user), id) ? await Known(id, client) : TypedResults.NotFound(ErrorResource.NoExperiment(id));

    private static async Task<Results<NoContent, NotFound<ErrorResource>, Conflict<ErrorResource>>> Delete(
        string id, ClaimsPrincipal user, ExperimentClient client, CancellationToken cancellationToken, [FromQuery] bool force = false, [FromQuery(Name = "keep_checkpoints")] bool keepCheckpoints = false)
    {
        var reply = await client.Delete(Caller.Of(user), id, force, keepCheckpoints, cancellationToken);
        return reply.Outcome switch
        {
            DeletionOutcome.Deleted => TypedResults.NoContent(),
            DeletionOutcome.Unknown => TypedResults.NotFound(ErrorResource.NoExperiment(id)),
            _ => TypedResults.Conflict(new ErrorResource([reply.Reason!])),
        };
    }

    private static async Task<Ok<IEnumerable<WorkerResource>>> Workers(ExperimentClient client) => TypedResults.Ok((await client.Workers()).Select(WorkerResource.Of));

    private static async Task<Ok<IEnumerable<QueueResource>>> Queues(ExperimentClient client) => TypedResults.Ok((await client.Queues()).Select(QueueResource.Of));

    private static async Task<Ok<ExperimentResource>> Known(string id, ExperimentClient client) => TypedResults.Ok(ExperimentResource.Of((await client.Find(id))!, withTrials: true));

    private static async Task<string?> ReadText(HttpRequest request)
    {
        if (request.ContentLength > MaxSweepFileBytes) return null;
        using var reader = new StreamReader(request.Body);
        var buffer = new char[MaxSweepFileBytes + 1];
        var length = await reader.ReadBlockAsync(buffer, request.HttpContext.RequestAborted);
        return length > MaxSweepFileBytes ? null : new string(buffer, 0, length);
    }
}
