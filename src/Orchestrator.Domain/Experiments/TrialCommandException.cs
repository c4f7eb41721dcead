using Orchestrator.Domain.Errors;

namespace Orchestrator.Domain.Experiments;

/// <summary>A person asked something of a trial that can't be done. Nothing has changed.</summary>
public sealed class TrialCommandException(string code, string message) : OrchestratorException(code, message)
{
    /// <summary>The code where there is no such trial.</summary>
    public const string UnknownTrial = "trial.unknown";

    internal static TrialCommandException Unknown(int trial, int count) =>
        new(UnknownTrial, count == 0 ? $"There is no trial {trial}: the experiment has none yet." : $"There is no trial {trial}; there are trials 1 to {count}.");

    internal static TrialCommandException Impossible(string message) => new("trial.impossible", message);
}
