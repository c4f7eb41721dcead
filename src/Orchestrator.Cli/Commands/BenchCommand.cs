using System.CommandLine;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch bench</c>: measurements on recorded results, which train nothing.</summary>
internal sealed class BenchCommand : Command, IHasExamples
{
    /// <summary>Makes the command.</summary>
    public BenchCommand(CliContext context)
        : base("bench", "Measure parts of this program on recorded results") => Add(new BenchSearchCommand(context));

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch bench search --table car.csv.gz --algorithm tpe --trials 100 --seeds 20", "orch bench search --help"];
}
