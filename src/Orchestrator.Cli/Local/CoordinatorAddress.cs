using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Cli.Local;

/// <summary>Where a coordinator listens: the content of <c>coordinator.json</c>.</summary>
/// <param name="ProcessId">The coordinator's process.</param>
/// <param name="Http">REST, metrics and health, for instance <c>http://127.0.0.1:7070</c>.</param>
/// <param name="Grpc">gRPC without TLS, for instance <c>http://127.0.0.1:7071</c>.</param>
/// <param name="Version">The coordinator's version.</param>
internal sealed record CoordinatorAddress(
    [property: JsonPropertyName("pid")] int ProcessId,
    [property: JsonPropertyName("http")] Uri Http,
    [property: JsonPropertyName("grpc")] Uri Grpc,
    [property: JsonPropertyName("version")] string Version)
{
    /// <summary>Reads the file, or null where there is none or it is not whole.</summary>
    public static CoordinatorAddress? TryRead(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<CoordinatorAddress>(File.ReadAllBytes(file)) is { Http: not null, Grpc: not null } address ? address : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
