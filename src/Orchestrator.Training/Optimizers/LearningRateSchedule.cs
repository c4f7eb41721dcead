using Orchestrator.Training.Tasks;

namespace Orchestrator.Training.Optimizers;

/// <summary>The learning rate as a function of the step: nothing to remember, so a resumed trial has the same.</summary>
internal static class LearningRateSchedule
{
    /// <summary>What the learning rate is of its largest value.</summary>
    /// <param name="options">The schedule and its warm-up.</param>
    /// <param name="step">Steps taken before this one.</param>
    /// <param name="steps">Steps of the whole trial.</param>
    internal static double Factor(TrainingOptions options, long step, long steps)
    {
        if (step < options.WarmupSteps)
            return (step + 1.0) / options.WarmupSteps;
        var done = Math.Min(1, (step - options.WarmupSteps) / Math.Max(1.0, steps - options.WarmupSteps));
        return options.Schedule switch
        {
            ScheduleKind.Constant => 1,
            ScheduleKind.Linear => 1 - done,
            ScheduleKind.Cosine => (1 + Math.Cos(Math.PI * done)) / 2,
            ScheduleKind.Step => Math.Pow(0.1, Math.Min(2, Math.Floor(done * 3))),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Schedule, "unknown schedule"),
        };
    }
}
