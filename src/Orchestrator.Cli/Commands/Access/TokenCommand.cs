using System.CommandLine;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch token</c>: what lets people and programs in.</summary>
internal sealed class TokenCommand : Command, IHasExamples
{
    /// <summary>Makes the command.</summary>
    public TokenCommand(CliContext context)
        : base("token", "Make tokens for a coordinator's --tokens file")
    {
        Add(new NewTokenCommand(context));
        SetAction(_ =>
        {
            context.Terminal.Error.WriteLine("error: orch token: say what to do: new; see 'orch token --help'");
            return ExitCode.Usage;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch token new --role submitter --name ci --team vision --add-to /etc/orch/tokens"];
}
