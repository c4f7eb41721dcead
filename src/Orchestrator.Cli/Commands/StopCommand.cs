using System.CommandLine;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch stop</c>: end an experiment so that it can be resumed.</summary>
internal sealed class StopCommand : Command, IHasExamples
{
    private readonly Argument<string?> _experiment = SweepArguments.Experiment("the newest that runs");
    private readonly Option<string> _reason = new("--reason") { Description = "Kept with the experiment", HelpName = "TEXT", DefaultValueFactory = _ => "stopped by 'orch stop'" };

    /// <summary>Makes the command.</summary>
    public StopCommand(CliContext context)
        : base("stop", "Stop an experiment; 'orch resume' continues it from its last checkpoints")
    {
        Add(_experiment);
        Add(_reason);
        SetAction((result, _) => StopAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch stop", "orch stop mnist-vae-1 --reason 'diverges'"];

    private async Task<int> StopAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).ToLookAsync(cancel);
        var experiment = await ExperimentLookup.FindAsync(session.Client, result.GetValue(_experiment), ExperimentChoice.NewestRunning, cancel);
        var request = new StopExperimentRequest { Experiment = experiment.Id, Reason = result.GetValue(_reason) };
        var stopped = await session.Client.StopAsync(request, cancellationToken: cancel);
        context.Terminal.Out.WriteLine(result.GetValue(CommonOptions.Json)
            ? ResultJson.Experiment(ExperimentView.Of(stopped)).ToJsonString(JsonText.Options)
            : $"{stopped.Id} is {stopped.Status}{(stopped.Status == ExperimentStatus.Stopped ? $"; 'orch resume {stopped.Id}' continues it" : "")}");
        return ExitCode.Done;
    }
}
