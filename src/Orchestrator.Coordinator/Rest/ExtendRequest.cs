namespace Orchestrator.Coordinator.Rest;

/// <summary>The body of a request to extend a trial.</summary>
/// <param name="Epochs">Its last epoch from now on.</param>
internal sealed record ExtendRequest(int Epochs);
