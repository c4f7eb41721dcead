using System.Diagnostics;
using Orchestrator.Checkpoints;
using Orchestrator.Domain.Parameters;
using Orchestrator.Training.Trials;

namespace Orchestrator.Worker.Commands;

/// <summary>How a user's program is started: parameters are further arguments, <c>--name=value</c>, and variables of its environment.</summary>
internal static class CommandStart
{
    private const string Prefix = "ORCH_";

    /// <summary>What a worker may have inherited from who started it, and a trial needs not.</summary>
    private static readonly string[] Secrets = ["ORCH_TOKEN", "ORCH_TOKEN_FILE", "ORCH_METADATA"];

    public static ProcessStartInfo Of(TrialAssignment assignment, int rank, int worldSize)
    {
        var start = new ProcessStartInfo(assignment.Command[0]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var secret in Secrets) start.Environment.Remove(secret);
        foreach (var argument in assignment.Command.Skip(1)) start.ArgumentList.Add(argument);
        foreach (var (name, value) in assignment.Parameters)
        {
            start.ArgumentList.Add($"--{name}={Text(value)}");
            start.Environment[Prefix + "PARAMETER_" + Variable(name)] = Text(value);
        }
        foreach (var (name, value) in Facts(assignment, rank, worldSize)) start.Environment[name] = value;
        return start;
    }

    private static IEnumerable<(string Name, string Value)> Facts(TrialAssignment assignment, int rank, int worldSize)
    {
        yield return (Prefix + "PARAMETERS", assignment.Parameters.ToJson());
        yield return (Prefix + "TRIAL", $"{assignment.Attempt.Trial}");
        yield return (Prefix + "ATTEMPT", $"{assignment.Attempt.Number}");
        yield return (Prefix + "SEED", $"{assignment.Seed}");
        yield return (Prefix + "DATASET", assignment.Dataset.Path);
        yield return (Prefix + "CHECKPOINTS", CheckpointLocation.FolderOf(assignment.CheckpointFolder));
        yield return (Prefix + "DEVICE", assignment.Device);
        yield return ("RANK", $"{rank}");
        yield return ("WORLD_SIZE", $"{worldSize}");
    }

    private static string Text(ParameterValue value) => value is ParameterValue.Flag flag ? (flag.Value ? "true" : "false") : $"{value}";

    private static string Variable(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
}
