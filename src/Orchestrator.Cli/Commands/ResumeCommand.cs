using System.CommandLine;
using Orchestrator.Cli.Progress;
using Orchestrator.Domain.Specs;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch resume</c>: go on after Ctrl-C, a stop, a crash or a power cut.</summary>
internal sealed class ResumeCommand : Command, IHasExamples
{
    private readonly Argument<string?> _experiment = SweepArguments.Experiment("the newest unfinished one");
    private readonly Option<int?> _workers = SweepArguments.Workers();

    /// <summary>Makes the command.</summary>
    public ResumeCommand(CliContext context)
        : base("resume", "Continue an experiment from its last checkpoints, to its end; if it is running, show it")
    {
        Add(_experiment);
        Add(_workers);
        SetAction((result, _) => ResumeAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch resume", "orch resume mnist-vae-1 --json"];

    private Task<int> ResumeAsync(CliContext context, ParseResult result) => new TrainingSession(context, result).RunAsync(
        async (session, cancel) =>
        {
            var experiment = await ExperimentLookup.FindAsync(session.Client, result.GetValue(_experiment), ExperimentChoice.NewestUnfinished, cancel);
            session.EnsureWorkers(result.GetValue(_workers) ?? WorkerCount.For(new ResourcesSpec(Math.Max(1, experiment.WorldSize)), Environment.ProcessorCount));
            return experiment.Status == ExperimentStatus.Stopped
                ? await session.Client.ResumeAsync(new ResumeExperimentRequest { Experiment = experiment.Id }, cancellationToken: cancel)
                : experiment;
        });
}
