using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Output;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch validate</c>: is this sweep file good?</summary>
internal sealed class ValidateCommand : Command, IHasExamples, IStandsAlone
{
    private readonly Argument<string> _file = SweepArguments.File();
    private readonly Option<string?> _data = SweepArguments.Data();

    /// <summary>Makes the command.</summary>
    public ValidateCommand(CliContext context)
        : base("validate", "Check a sweep file without running it; prints every fault with its line and column")
    {
        Add(_file);
        Add(_data);
        SetAction(result => Validate(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["orch validate sweep.yaml"];

    private int Validate(CliContext context, ParseResult result)
    {
        var source = SweepSource.Read(result.GetRequiredValue(_file), result.GetValue(_data));
        foreach (var warning in source.Warnings) context.Terminal.Error.WriteLine("warning: " + warning);
        var spec = source.Spec;
        context.Terminal.Out.WriteLine(result.GetValue(CommonOptions.Json)
            ? new JsonObject { ["file"] = source.File, ["name"] = spec.Name, ["task"] = spec.Task, ["parameters"] = spec.Parameters.Count, ["trials"] = spec.Budget.Trials }.ToJsonString(JsonText.Options)
            : $"{source.File}: good: {spec.Task}, {spec.Parameters.Count} parameters, {Trials(spec)}");
        return ExitCode.Done;
    }

    private static string Trials(ExperimentSpec spec) => (spec.Budget.Trials, spec.Method) switch
    {
        ({ } trials, _) => $"{trials} trials",
        (null, SearchMethod.Grid) => "a grid of trials",
        _ => "trials without bound",
    };
}
