using System.Diagnostics;
using Orchestrator.Collectives;
using Orchestrator.Domain.Identity;
using Orchestrator.Training;
using Orchestrator.Training.Trials;

namespace Orchestrator.Worker.Commands;

/// <summary>Runs trials whose task is a program of the user's own; leaves the others to another runner.</summary>
/// <param name="others">Runs the tasks of the product and of assemblies.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Gets what the program says that is no report.</param>
public sealed partial class CommandTrialRunner(ITrialRunner others, TimeProvider time, ILogger<CommandTrialRunner> logger) : ITrialRunner
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    /// <exception cref="TrainingException">The program could not be started, or failed.</exception>
    public TrialResult Run(TrialAssignment assignment, IProcessGroup group, ITrialObserver observer, ICheckpointRegistrar registrar, CancellationToken abort, IRegrouping? regrouping = null)
    {
        if (assignment.Command.Count == 0)
            return others.Run(assignment, group, observer, registrar, abort, regrouping);
        using var process = Start(CommandStart.Of(assignment, group.Rank, group.WorldSize));
        try
        {
            return Follow(process, assignment, observer, abort);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            throw new TrainingException(TrainingException.InvalidParameters, $"The program {start.FileName} cannot be started: {exception.Message}", exception);
        }
    }

    private TrialResult Follow(Process process, TrialAssignment assignment, ITrialObserver observer, CancellationToken abort)
    {
        using var output = new LineReader(process.StandardOutput);
        using var errors = new LineReader(process.StandardError);
        var run = new CommandRun(assignment, observer, time);
        var stopped = false;
        while (!output.Ended || !errors.Ended)
        {
            abort.ThrowIfCancellationRequested();
            if (!stopped && observer.StopRequest != StopRequest.None)
            {
                stopped = true;
                Terminate(process);
            }

            if (output.TryTake(Poll, abort) is { } line && !run.Take(line))
                LogSaid(assignment.Attempt, line);
            while (errors.TryTake(TimeSpan.Zero, abort) is { } error)
            {
                run.Complain(error);
                LogSaid(assignment.Attempt, error);
            }
        }

        if (!process.WaitForExit(Grace))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return stopped ? run.Result(TrialOutcome.Stopped)
            : process.ExitCode == 0 ? run.Result(TrialOutcome.Completed)
            : throw new TrainingException(TrainingException.CommandFailed, $"{string.Join(' ', assignment.Command)} ended with exit code {process.ExitCode}: {run.LastComplaint}") { ExitCode = process.ExitCode };
    }

    /// <summary>Asks the program to end, so that it may save what it wants; it is killed when it does not within a while.</summary>
    private void Terminate(Process process)
    {
        using var signal = Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{process.Id}"]) { UseShellExecute = false });
        signal?.WaitForExit(Grace);
        var kill = time.CreateTimer(_ => Kill(process), null, Grace, Timeout.InfiniteTimeSpan);
        process.Exited += (_, _) => kill.Dispose();
        process.EnableRaisingEvents = true;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended in the meantime.
        }
    }

    [LoggerMessage(EventId = 2120, Level = LogLevel.Information, Message = "{Attempt}: {Line}")]
    private partial void LogSaid(AttemptId attempt, string line);
}
