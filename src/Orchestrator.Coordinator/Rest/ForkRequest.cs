using System.Text.Json;

namespace Orchestrator.Coordinator.Rest;

/// <summary>The body of a request to fork a trial.</summary>
/// <param name="Epoch">From the newest checkpoint at or before this epoch; without it, from the newest.</param>
/// <param name="Parameters">Parameters with other values than the parent's.</param>
internal sealed record ForkRequest(int? Epoch, JsonElement? Parameters);
