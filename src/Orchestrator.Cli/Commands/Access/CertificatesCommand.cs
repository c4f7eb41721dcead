using System.CommandLine;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch certificates</c>: an authority of one's own, for small installations.</summary>
internal sealed class CertificatesCommand : Command, IHasExamples
{
    /// <summary>Makes the command.</summary>
    public CertificatesCommand(CliContext context)
        : base("certificates", "Make certificates for coordinators and workers, with an authority of their own")
    {
        Add(new NewCertificatesCommand(context));
        SetAction(_ =>
        {
            context.Terminal.Error.WriteLine("error: orch certificates: say what to do: new; see 'orch certificates --help'");
            return ExitCode.Usage;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch certificates new --out certs --host head.example --host 10.0.0.5"];
}
