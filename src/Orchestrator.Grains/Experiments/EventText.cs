using System.Text;
using Orchestrator.Domain.Experiments;

namespace Orchestrator.Grains.Experiments;

/// <summary>An event as one line for the log, made only when the line is written: its JSON, but for the sweep that a submission holds.</summary>
internal readonly record struct EventText(ExperimentEvent Event)
{
    /// <inheritdoc/>
    public override string ToString() => Event is ExperimentSubmitted submitted
        ? $"experiment_submitted: task {submitted.Spec.Task}, {submitted.Spec.Method} search over {submitted.Spec.Parameters.Count} parameters, {submitted.Spec.Resources.WorldSize} ranks"
        : Encoding.UTF8.GetString(ExperimentEventJson.Serialize(Event));
}
