using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class OrchCommand
{
    /// <summary>Makes it.</summary>
    public static RootCommand Create(CliContext context)
    {
        var root = new RootCommand("Distributed hyperparameter sweeps: one YAML file in, the best model out.")
        {
            new RunCommand(context),
            new SubmitCommand(context),
            new StatusCommand(context),
            new WatchCommand(context),
            new BestCommand(context),
            new StopCommand(context),
            new ResumeCommand(context),
            new DeleteCommand(context),
            CommandGroups.Trial(context),
            new LogsCommand(context),
            new CurvesCommand(context),
            new WorkersCommand(context),
            new QueuesCommand(context),
            new GenerateCommand(context),
            new ValidateCommand(context),
            new ImportCommand(context),
            CommandGroups.Bench(context),
            new SimulateCommand(context),
            CommandGroups.Token(context),
            CommandGroups.Certificates(context),
        };
        foreach (var command in HostPassThrough.Commands) root.Add(command);
        foreach (var option in CommonOptions.OfCoordinator) root.Add(option);
        root.Add(CommonOptions.Json);
        var help = root.Options.OfType<HelpOption>().Single();
        var action = new HelpWithExamples((HelpAction)help.Action!);
        help.Action = action;
        root.SetAction(result =>
        {
            action.Invoke(result);
            return ExitCode.Usage;
        });
        return root;
    }

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        private const string RootEnd = """
            Examples:
              orch run examples/mnist-vae.yaml
              orch resume
              orch COMMAND --help

            Exit codes:
              0    done
              1    the experiment failed
              2    bad command line or bad sweep file
              3    the machine or the coordinator: none runs, port in use, disk full, missing library
              130  interrupted; 'orch resume' continues
            """;

        public override int Invoke(ParseResult parseResult)
        {
            var command = parseResult.CommandResult.Command;
            var code = InvokeInner(parseResult, command is IStandsAlone);
            var output = parseResult.InvocationConfiguration.Output;
            switch (command)
            {
                case IHasExamples { Examples: var examples }:
                    output.WriteLine("Examples:");
                    foreach (var example in examples) output.WriteLine("  " + example);
                    break;
                case RootCommand:
                    output.WriteLine(RootEnd);
                    break;
            }
            return code;
        }

        // The options are the same objects for every command.
        private int InvokeInner(ParseResult parseResult, bool standsAlone)
        {
            lock (CommonOptions.OfCoordinator)
            {
                foreach (var option in CommonOptions.OfCoordinator) option.Hidden = standsAlone;
                return inner.Invoke(parseResult);
            }
        }
    }
}
