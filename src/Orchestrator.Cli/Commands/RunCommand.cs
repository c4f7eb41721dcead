using System.CommandLine;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch run</c>: everything from a sweep file to the best model.</summary>
internal sealed class RunCommand : Command, IHasExamples
{
    private readonly Argument<string> _file = SweepArguments.File();
    private readonly Option<string?> _data = SweepArguments.Data();
    private readonly Option<int?> _workers = SweepArguments.Workers();

    /// <summary>Makes the command.</summary>
    public RunCommand(CliContext context)
        : base("run", "Run a sweep to its end: starts a coordinator and workers if none run, shows progress, prints the best model and draws pictures")
    {
        Add(_file);
        Add(_data);
        Add(_workers);
        SetAction((result, _) => RunAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "orch run examples/mnist-vae.yaml",
        "orch run examples/mnist-vae.yaml --data /data/mnist --json | tail -n 1 | jq .best",
    ];

    private Task<int> RunAsync(CliContext context, ParseResult result)
    {
        var source = SweepSource.Read(result.GetRequiredValue(_file), result.GetValue(_data));
        foreach (var warning in source.Warnings) context.Terminal.Error.WriteLine("warning: " + warning);
        var workers = result.GetValue(_workers) ?? WorkerCount.For(source.Spec.Resources, Environment.ProcessorCount);
        return new TrainingSession(context, result).RunAsync(
            async (session, cancel) =>
            {
                session.EnsureWorkers(workers);
                return await session.Client.SubmitAsync(source.ToRequest(), cancellationToken: cancel);
            });
    }
}
