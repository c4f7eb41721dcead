using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Specs;
using static Orchestrator.Specs.Tests.SweepFiles;

namespace Orchestrator.Specs.Tests;

/// <summary>Programs and assemblies as tasks; the health of trainings; the parameters to begin with.</summary>
public sealed class TaskKeysTests
{
    private const string Rest = """

        method: random
        metric: {name: loss}
        parameters: {width: {min: 1, max: 8}}
        run_cap: 1

        """;

    [Fact]
    public void Parse_AProgram_TakesAnyParameterAndMetricAndFindsFilesBesideTheSweep()
    {
        var context = Context with { PathExists = path => path == "/sweeps/train.py" };
        var result = SweepFile.Parse("task: {command: [python3, train.py, --fast]}" + Rest, context);

        Assert.Equal("", Text(result.Errors));
        Assert.Equal("command", result.Spec!.Task);
        Assert.Equal(["python3", "/sweeps/train.py", "--fast"], result.Spec.Command);
        Assert.Equal("loss", result.Spec.Metric.Name);
    }

    [Fact]
    public void Parse_ATaskWithoutItsProgram_SaysSo() => Assert.Contains("'command' is missing", Text(Parse("task: {}" + Rest).Errors), StringComparison.Ordinal);

    [Fact]
    public void Parse_AClassOfAnAssembly_HasThatTasksSchema()
    {
        var context = Context with { FindTask = name => Vae with { Name = name, Metrics = ["loss"], DatasetKinds = [] } };
        var result = SweepFile.Parse("task: ./my.dll#Mine" + Rest, context);

        Assert.Contains("'width'", Text(result.Errors), StringComparison.Ordinal); // no parameter of it
        result = SweepFile.Parse("task: ./my.dll#Mine" + Rest.Replace("width", "epochs", StringComparison.Ordinal), context);
        Assert.Equal("", Text(result.Errors));
        Assert.Equal("/sweeps/my.dll#Mine", result.Spec!.Task);
    }

    [Fact]
    public void Parse_AnAssemblyThatIsNotThere_SaysSoAtTheTask()
    {
        var context = Context with { FindTask = _ => throw new OrchestratorException("x", "no such file") };
        Assert.Contains("1:7: task: no such file", Text(SweepFile.Parse("task: ./my.dll#Mine" + Rest, context).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_HealthAndBeginning_GivesTheWholeSpec()
    {
        var result = Parse("task: {command: [x]}" + Rest + "health: {stop_on: [collapse, nan]}\ninit_from: start.safetensors\n");

        Assert.Equal("", Text(result.Errors));
        Assert.Equal([HealthProblem.Nan, HealthProblem.Collapse], result.Spec!.Health!.StopOn);
        Assert.Equal("/sweeps/start.safetensors", result.Spec.InitFrom);
    }

    [Fact]
    public void Parse_AnUnknownProblem_SuggestsTheKnownOne() =>
        Assert.Contains("'colapse' is not known", Text(Parse("task: {command: [x]}" + Rest + "health: {stop_on: [colapse]}\n").Errors), StringComparison.Ordinal);
}
