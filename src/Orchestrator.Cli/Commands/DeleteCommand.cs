using System.CommandLine;
using System.Text.Json.Nodes;
using Grpc.Core;
using Orchestrator.Cli.Output;
using Orchestrator.Cli.Progress;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch delete</c>: remove experiments with all that they have.</summary>
internal sealed class DeleteCommand : Command, IHasExamples
{
    private readonly Argument<string[]> _experiments = new("EXPERIMENT") { Description = "The ids of the experiments", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _keepCheckpoints = new("--keep-checkpoints") { Description = "Leave the files of the checkpoints where they are" };
    private readonly Option<bool> _force = new("--force") { Description = "Stop those that run first; else nothing is deleted if one of them runs" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask" };

    /// <summary>Makes the command.</summary>
    public DeleteCommand(CliContext context)
        : base("delete", "Delete experiments that have ended: journal, curves, logs, pictures and checkpoints")
    {
        Add(_experiments);
        Add(_keepCheckpoints);
        Add(_force);
        Add(_yes);
        SetAction((result, _) => DeleteAsync(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch delete mnist-vae-1", "orch delete mnist-vae-1 mnist-vae-2 --yes", "orch delete mnist-vae-3 --force --keep-checkpoints"];

    private async Task<int> DeleteAsync(CliContext context, ParseResult result)
    {
        var cancel = context.Interrupts.Asked;
        await using var session = await new ClusterOpener(context, result, NoProgress.Instance).ToLookAsync(cancel);
        var experiments = await FindAsync(session.Client, result.GetValue(_experiments)!, cancel);
        if (!result.GetValue(_force) && experiments.Find(e => e.Status == ExperimentStatus.Running) is { } running)
        {
            throw new CliException(ExitCode.Usage, running.Id, "it is running, and nothing was deleted", $"stop it with 'orch stop {running.Id}', or give --force");
        }
        if (!result.GetValue(_yes) && !await IsConfirmedAsync(context.Terminal, experiments, result.GetValue(_keepCheckpoints), cancel))
        {
            throw new CliException(ExitCode.Usage, "delete", "nothing was deleted", "answer 'y', or give --yes");
        }
        return await DeleteAsync(context.Terminal, session.Client, result, experiments, cancel);
    }

    /// <summary>Each is looked up before the first is deleted: a mistyped id deletes nothing.</summary>
    private static async Task<List<Experiment>> FindAsync(Experiments.ExperimentsClient client, string[] ids, CancellationToken cancel)
    {
        var found = new List<Experiment>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal)) found.Add(await client.GetAsync(new GetExperimentRequest { Experiment = id }, cancellationToken: cancel));
        return found;
    }

    private static async Task<bool> IsConfirmedAsync(Terminal terminal, List<Experiment> experiments, bool keepCheckpoints, CancellationToken cancel)
    {
        foreach (var experiment in experiments) terminal.Error.WriteLine($"{experiment.Id}: {experiment.Status}, {experiment.Trials.Count} trials, {LocalPath.Of(experiment.Folder)}");
        var what = experiments.Count == 1 ? "it" : $"these {experiments.Count} experiments";
        return await terminal.ConfirmAsync($"Delete {what} for good, {(keepCheckpoints ? "but for the files of the checkpoints" : "with all checkpoints")}?", cancel)
            ?? throw new CliException(ExitCode.Usage, "delete", "nobody can be asked here, and nothing was deleted", "give --yes");
    }

    private async Task<int> DeleteAsync(Terminal terminal, Experiments.ExperimentsClient client, ParseResult result, List<Experiment> experiments, CancellationToken cancel)
    {
        var (code, deleted, failed) = (ExitCode.Done, new JsonArray(), new JsonArray());
        var keep = result.GetValue(_keepCheckpoints);
        var json = result.GetValue(CommonOptions.Json);
        foreach (var experiment in experiments)
        {
            try
            {
                await client.DeleteAsync(new DeleteExperimentRequest { Experiment = experiment.Id, Force = result.GetValue(_force), KeepCheckpoints = keep }, cancellationToken: cancel);
            }
            catch (RpcException error) when (!cancel.IsCancellationRequested)
            {
                code = ErrorPrinter.Print(error, terminal.Error);
                failed.Add(experiment.Id);
                continue;
            }
            deleted.Add(experiment.Id);
            if (!json) terminal.Out.WriteLine($"{experiment.Id} is deleted{(keep ? $"; its checkpoints are in {LocalPath.Of(experiment.Folder)}" : "")}");
        }
        if (json) terminal.Out.WriteLine(new JsonObject { ["deleted"] = deleted, ["failed"] = failed, ["kept_checkpoints"] = keep }.ToJsonString(JsonText.Options));
        return code;
    }
}
