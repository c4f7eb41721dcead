using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Tasks;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Training.Tests.Tasks;

public sealed class OptionsTests
{
    [Fact]
    public void Of_AnOptionsRecord_DescribesCommonAndOwnParameters()
    {
        var parameters = OptionsSchema.Of(new SampleOptions()).ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        Assert.Equal(
            "epochs batch_size learning_rate optimizer momentum beta2 schedule warmup_steps clip_norm accumulate precision weight_decay privacy_epsilon privacy_delta privacy_clip privacy_noise layer_count activation normalise",
            string.Join(' ', OptionsSchema.Of(new SampleOptions()).Select(parameter => parameter.Name)));
        var layers = parameters["layer_count"];
        Assert.Equal((TaskParameterKind.Integer, 1.0, 64.0, ParameterValue.Of(2L), "Layers."), (layers.Kind, layers.Minimum, layers.Maximum, layers.Default, layers.Description));
        Assert.Equal(["adam", "adamw", "sgd", "rmsprop"], parameters["optimizer"].Choices);
        Assert.Equal(ParameterValue.Of("adam"), parameters["optimizer"].Default);
        Assert.Equal(["relu", "tanh"], parameters["activation"].Choices);
        Assert.Equal(TaskParameterKind.Flag, parameters["normalise"].Kind);
        Assert.Equal(TaskParameterKind.Real, parameters["learning_rate"].Kind);
    }

    [Fact]
    public void Read_SomeParameters_LeavesTheDefaultsOfTheOthers()
    {
        var options = Read(
            ("learning_rate", ParameterValue.Of(1L)),
            ("optimizer", ParameterValue.Of("adamw")),
            ("activation", ParameterValue.Of("tanh")),
            ("normalise", ParameterValue.Of(true)),
            ("layer_count", ParameterValue.Of(3L)));
        Assert.Equal(new SampleOptions { LearningRate = 1, Optimizer = OptimizerKind.AdamW, Activation = "tanh", Normalise = true, LayerCount = 3 }, options);
    }

    [Fact]
    public void Read_SeveralFaults_ReportsEachOfThem()
    {
        var exception = Assert.Throws<TrainingException>(() => Read(
            ("learing_rate", ParameterValue.Of(0.1)),
            ("layer_count", ParameterValue.Of(65L)),
            ("epochs", ParameterValue.Of(1.5)),
            ("batch_size", ParameterValue.Of(long.MaxValue)),
            ("optimizer", ParameterValue.Of("0")),
            ("activation", ParameterValue.Of("gelu")),
            ("normalise", ParameterValue.Of("yes"))));
        Assert.Equal(TrainingException.InvalidParameters, exception.Code);
        foreach (var fault in new[] { "'learing_rate' is not a parameter", "layer_count = 65 is outside 1 to 64", "epochs = 1.5 is not a whole number", "batch_size = 9223372036854775807 is not", "optimizer = 0 is not one of adam, adamw, sgd", "activation = gelu is not one of relu, tanh", "normalise = yes is not true or false" })
            Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private static SampleOptions Read(params (string Name, ParameterValue Value)[] parameters) =>
        OptionsReader.Read<SampleOptions>("sample", new ParameterSet(parameters.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))));
}
