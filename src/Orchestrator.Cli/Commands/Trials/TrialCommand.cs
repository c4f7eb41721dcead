using System.CommandLine;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch trial</c>: what people do with single trials.</summary>
internal sealed class TrialCommand : Command, IHasExamples
{
    /// <summary>Makes the command.</summary>
    public TrialCommand(CliContext context)
        : base("trial", "Pause, resume, extend, fork or stop one trial")
    {
        Add(new PauseTrialCommand(context));
        Add(new ResumeTrialCommand(context));
        Add(new ExtendTrialCommand(context));
        Add(new ForkTrialCommand(context));
        Add(new StopTrialCommand(context));
        SetAction(_ =>
        {
            context.Terminal.Error.WriteLine("error: orch trial: say what to do: pause, resume, extend, fork or stop; see 'orch trial --help'");
            return ExitCode.Usage;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
        ["orch trial pause 3", "orch trial extend 3 mnist-vae-1 --epochs 60", "orch trial fork 3 --epoch 10 --set learning_rate=0.0005", "orch trial COMMAND --help"];
}
