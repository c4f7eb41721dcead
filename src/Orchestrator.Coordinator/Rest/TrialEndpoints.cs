using System.Security.Claims;
using Orchestrator.Coordinator.Access;
using Orchestrator.Coordinator.Submitting;
using Orchestrator.Grains.Contracts;
using Reply = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<Orchestrator.Coordinator.Rest.TrialResource>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound<Orchestrator.Coordinator.Rest.ErrorResource>,
    Microsoft.AspNetCore.Http.HttpResults.Conflict<Orchestrator.Coordinator.Rest.ErrorResource>,
    Microsoft.AspNetCore.Http.HttpResults.BadRequest<Orchestrator.Coordinator.Rest.ErrorResource>>;

namespace Orchestrator.Coordinator.Rest;

/// <summary>What people do with single trials, in the REST API. A trial that can't be treated so is a conflict (409), and nothing has changed.</summary>
internal static class TrialEndpoints
{
    public static void MapTrials(this RouteGroupBuilder api)
    {
        var trial = api.MapGroup("/experiments/{id}/trials/{trial:int}");
        trial.MapPost("/pause", Pause).WithSummary("Pause a trial: it gives its slots up with a checkpoint.");
        trial.MapPost("/resume", Resume).WithSummary("Resume a trial that is paused or ended before its last epoch.");
        trial.MapPost("/extend", Extend).WithSummary("Move a trial's end further away.");
        trial.MapPost("/fork", Fork).WithSummary("Begin a new trial from a checkpoint of this one.");
        trial.MapPost("/stop", Stop).WithSummary("End a trial.");
    }

    private static Task<Reply> Pause(string id, int trial, ClaimsPrincipal user, ExperimentClient client) => Answer(id, user, client, e => e.PauseTrial(trial, "Paused over REST."));

    private static Task<Reply> Resume(string id, int trial, ClaimsPrincipal user, ExperimentClient client) => Answer(id, user, client, e => e.ResumeTrial(trial));

    private static Task<Reply> Extend(string id, int trial, ExtendRequest request, ClaimsPrincipal user, ExperimentClient client) => Answer(id, user, client, e => e.ExtendTrial(trial, request.Epochs));

    private static Task<Reply> Stop(string id, int trial, ClaimsPrincipal user, ExperimentClient client) => Answer(id, user, client, e => e.StopTrial(trial, "Stopped over REST."));

    private static async Task<Reply> Fork(string id, int trial, ForkRequest request, ClaimsPrincipal user, ExperimentClient client)
    {
        var changes = request.Parameters?.GetRawText() ?? "{}";
        if (TrialChanges.Fault(changes) is { } fault) return TypedResults.BadRequest(new ErrorResource([fault]));
        return await Answer(id, user, client, e => e.ForkTrial(trial, request.Epoch, changes));
    }

    private static async Task<Reply> Answer(string id, ClaimsPrincipal user, ExperimentClient client, Func<IExperimentGrain, Task<TrialCommandReply?>> command)
    {
        if (await client.Command(Caller.Of(user), id, command) is not { } result) return TypedResults.NotFound(ErrorResource.NoExperiment(id));
        if (result.Trial is { } trial) return TypedResults.Ok(TrialResource.Of(trial));
        var error = new ErrorResource([result.Refusal ?? "The trial is gone."]);
        return result.IsUnknown ? TypedResults.NotFound(error) : TypedResults.Conflict(error);
    }
}
