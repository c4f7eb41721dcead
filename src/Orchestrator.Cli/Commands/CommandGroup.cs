using System.CommandLine;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Commands;

/// <summary>A command that is only the first word of others, <c>orch trial</c> for one; alone it asks which of them is meant.</summary>
internal sealed class CommandGroup : Command, IHasExamples
{
    /// <summary>Makes the group.</summary>
    /// <param name="context">Where it asks.</param>
    /// <param name="name">The word.</param>
    /// <param name="description">What its commands do.</param>
    /// <param name="examples">Whole command lines.</param>
    /// <param name="commands">Its commands, as the help lists them.</param>
    public CommandGroup(CliContext context, string name, string description, IReadOnlyList<string> examples, params IReadOnlyList<Command> commands)
        : base(name, description)
    {
        Examples = examples;
        foreach (var command in commands) Add(command);
        SetAction(_ =>
        {
            context.Terminal.Error.WriteLine($"error: orch {name}: say what to do: {Format.Choice(commands.Select(command => command.Name))}; see 'orch {name} --help'");
            return ExitCode.Usage;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples { get; }
}
