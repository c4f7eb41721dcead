using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Orchestrator.Coordinator.Artifacts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>What trials made on their way, in the REST API: a list, and each file.</summary>
internal static class ArtifactEndpoints
{
    private const string Unknown = "application/octet-stream";
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void MapArtifacts(this RouteGroupBuilder api)
    {
        api.MapGet("/experiments/{id}/trials/{trial:int}/artifacts", List).WithSummary("What a trial made on its way (pictures, texts, sounds), that of the newest checkpoint first.");
        api.MapGet("/experiments/{id}/trials/{trial:int}/artifacts/{**name}", Read).WithSummary("One of these files.");
    }

    private static async Task<Results<Ok<IEnumerable<ArtifactResource>>, NotFound<ErrorResource>>> List(string id, int trial, TrialArtifacts artifacts) =>
        await artifacts.List(id, trial) is { } files ? TypedResults.Ok(files.Select(ArtifactResource.Of)) : TypedResults.NotFound(ErrorResource.NoTrial(id, trial));

    private static async Task<Results<FileStreamHttpResult, NotFound<ErrorResource>>> Read(string id, int trial, string name, TrialArtifacts artifacts, HttpResponse response)
    {
        if (await artifacts.Find(id, trial, name) is not { } file) return TypedResults.NotFound(new ErrorResource([$"There is no artifact '{name}'; GET .../artifacts lists them."]));
        // Workers made it: a browser must take it for no page of this coordinator.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return TypedResults.Stream(file.Open(), Types.TryGetContentType(file.Name, out var type) ? type : Unknown, lastModified: file.WrittenAt);
    }
}
