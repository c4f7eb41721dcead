using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Training;

namespace Orchestrator.Tasks.Tests;

/// <summary>The task of <c>examples/custom-task</c>, which this assembly does not refer to.</summary>
public sealed class CustomTaskTests : IDisposable
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "..", "..", "my-task", "release", "my-task.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("custom-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_OfATaskInAnAssembly_TrainsAndItsCheckpointNamesIt()
    {
        var name = Path.GetFullPath(Assembly) + "#MyTask";
        var observer = new RecordingObserver();
        Trials.Run(
            Trials.Assign(_folder, "", ("epochs", ParameterValue.Of(8L)), ("learning_rate", ParameterValue.Of(0.02))) with
            {
                Task = name,
                Dataset = new DatasetSpec("", ""),
                Metric = new MetricSpec("validation_accuracy", Goal.Maximize),
            },
            observer);
        Assert.True(observer.Epochs[^1].Metrics["validation_accuracy"] > 0.9);
        Assert.Equal(name, TaskCatalog.BuiltIn.Get(name).Schema.Name);
        Assert.Contains(TaskCatalog.BuiltIn.Get("MyCompany.MyTask".Insert(0, Path.GetFullPath(Assembly) + "#")).Schema.Parameters, parameter => parameter.Name == "hidden_size");
    }

    [Theory]
    [InlineData("/nowhere/my-task.dll#MyTask", "/nowhere/my-task.dll")]
    [InlineData("#YourTask", "its tasks are: MyTask")]
    public void Get_OfATaskThatIsNotThere_SaysSo(string reference, string message)
    {
        if (reference[0] == '#')
            reference = Path.GetFullPath(Assembly) + reference;
        var exception = Assert.Throws<TrainingException>(() => TaskCatalog.BuiltIn.Get(reference));
        Assert.Equal(TrainingException.UnknownTask, exception.Code);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
