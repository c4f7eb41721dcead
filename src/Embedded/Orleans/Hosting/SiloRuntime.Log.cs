using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class SiloRuntime
{
    [LoggerMessage(1, LogLevel.Error, "Grain {GrainId} could not be activated.")]
    public partial void LogActivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Grain {GrainId} failed while it was deactivated.")]
    public partial void LogDeactivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(3, LogLevel.Critical, "The activation of {GrainId} is broken.")]
    public partial void LogActivationFault(GrainId grainId, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The one-way call {Call} failed.")]
    public partial void LogOneWayFailed(string call, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "{Timer} failed; it goes on with its next tick.")]
    public partial void LogTimerFailed(string timer, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "The call {Call} closes a cycle of calls: {Cycle}. If they await each other, it can only end by its time-out.")]
    public partial void LogCallCycle(string call, string cycle);

    [LoggerMessage(7, LogLevel.Warning, "Reminder {Reminder} of {GrainId} failed; it goes on with its next tick.")]
    public partial void LogReminderFailed(string reminder, GrainId grainId, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "The silo stopped before every grain was deactivated; among the rest: {GrainIds}.")]
    public partial void LogNotDrained(string grainIds);
}
