using Orchestrator.Grains.Contracts;

namespace Orchestrator.Coordinator.Rest;

/// <summary>Where an experiment stands in its queue, in the REST API.</summary>
internal sealed record WaitingResource(string Queue, int Position, int Length, DateTimeOffset Since, string Cause, string Text)
{
    public static WaitingResource Of(WaitingView view) => new(view.Queue, view.Position, view.Length, view.Since, view.Cause, view.Text);
}
