using System.Diagnostics;
using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Safetensors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Language;
using Orchestrator.Training.Checkpointing;
using Orchestrator.Training.Data;
using Orchestrator.Training.Engine;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Tasks;
using Orchestrator.Training.Trials;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Tests;

/// <summary>Checkpoints are PyTorch's: <c>load_state_dict(strict=True)</c> of the same modules takes them and gives the same output; and a state of PyTorch's begins a trial.</summary>
public sealed class PyTorchExchangeTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const int Rows = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("pytorch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PyTorchTheory]
    [InlineData("vae")]
    [InlineData("dcgan")]
    [InlineData("rnn")]
    [InlineData("transformer")]
    public void Model_OfACheckpoint_GivesTheSameOutputInPyTorch(string task)
    {
        using var scope = NewDisposeScope();
        var observer = new RecordingObserver();
        Trials.Run(Small(task), observer);
        using var noGradient = no_grad();
        var location = CheckpointLocation.Parse(observer.Registered[^1].Location);
        var stored = location.OpenStore().Open(location.Name);
        using var model = Load(stored);
        var (input, output) = Compute(model);
        Write("input", input);

        RunPython("run", task, $"{Vocabulary(stored)}", Path.Combine(new Uri(observer.Registered[^1].Location).LocalPath, "model.safetensors"), At("input"), At("output"));

        var expected = Read("output");
        Assert.Equal(expected.shape, output.view(expected.shape).shape);
        Assert.InRange((expected - output.view(expected.shape)).abs().max().item<float>(), 0, 1e-5f);
    }

    [PyTorchTheory]
    [InlineData("vae", 0)]
    [InlineData("transformer", 70)]
    public void InitFrom_AStateOfPyTorch_BeginsWithItsParameters(string task, int vocabulary)
    {
        var assignment = Small(task);
        if (vocabulary > 0)
            vocabulary = Orchestrator.Training.Data.Text.TextCorpus.Open(Trials.Licence).Vocabulary.Count;
        RunPython("save", task, $"{vocabulary}", At("state"));
        var parameters = new ParameterSet([.. assignment.Parameters.Where(entry => entry.Key != "learning_rate"), new("learning_rate", ParameterValue.Of(1e-9)), new("weight_decay", ParameterValue.Of(0.0))]);
        var observer = new RecordingObserver();
        Trials.Run(assignment with { InitFrom = At("state"), Parameters = parameters }, observer);

        using var theirs = SafetensorsReader.Open(File.OpenRead(At("state")), "theirs");
        using var ours = SafetensorsReader.Open(File.OpenRead(Path.Combine(new Uri(observer.Registered[^1].Location).LocalPath, "model.safetensors")), "ours");
        Assert.Equal(theirs.Tensors.Keys.Order(StringComparer.Ordinal), ours.Tensors.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, entry) in theirs.Tensors)
        {
            using var scope = NewDisposeScope();
            Assert.InRange((Tensor(theirs, name, entry) - Tensor(ours, name, entry)).abs().max().item<float>(), 0, 1e-6f);
        }
    }

    [Fact]
    public void InitFrom_OfAFileOfAnotherModel_SaysWhatIsMissing()
    {
        SafetensorsWrite("other", "weight", zeros(2, 2));
        var exception = Assert.Throws<CheckpointException>(() => Trials.Run(Small("vae") with { InitFrom = At("other") }, new RecordingObserver()));
        Assert.Equal(CheckpointError.Incompatible, exception.Error);
        Assert.Contains("no tensor 'fc1.weight'", exception.Message, StringComparison.Ordinal);
    }

    private static int Vocabulary(StoredCheckpoint stored) => stored.Manifest.Vocabulary is null ? 0 : stored.Manifest.Classes;

    private static ITaskModel Load(StoredCheckpoint stored)
    {
        var task = TaskCatalog.BuiltIn.Get(stored.Manifest.Task);
        var options = task.ReadOptions(stored.Manifest.Parameters);
        var shape = new DataShape(stored.Manifest.InputShape, stored.Manifest.Classes) { Vocabulary = stored.Manifest.Vocabulary ?? "" };
        var model = task.Build(options, shape);
        using var state = new TrainingState(model, options, CPU);
        StateLoader.LoadModel(stored, state);
        foreach (var network in model.Networks)
            network.Module.eval();
        return model;
    }

    /// <summary>Some input and what the model makes of it.</summary>
    private static (Tensor Input, Tensor Output) Compute(ITaskModel model)
    {
        switch (model)
        {
            case LanguageModel language:
                var tokens = arange(Rows * 20, ScalarType.Int64).mul(7).remainder(40).view(Rows, 20);
                return (tokens, language.Network.Logits(tokens));
            case IImageReconstructor reconstructor:
                var images = arange(Rows * 784, ScalarType.Float32).div(Rows * 784).view(Rows, 1, 28, 28);
                return (images, reconstructor.Reconstruct(new Batch(images, zeros(Rows, ScalarType.Int64), Rows), new NoiseSource(1, 0, CPU))[^1]);
            default:
                return (new NoiseSource(1, 0, CPU).Normal(Rows, 10), ((IImageSampler)model).Sample(Rows, new NoiseSource(1, 0, CPU)));
        }
    }

    private TrialAssignment Small(string task)
    {
        var assignment = Trials.Small(_folder, 1) with { Task = task };
        (string, ParameterValue)[] own = task switch
        {
            "vae" => [("hidden_size", ParameterValue.Of(32L)), ("latent_size", ParameterValue.Of(5L))],
            "dcgan" => [("features", ParameterValue.Of(4L)), ("latent_size", ParameterValue.Of(10L)), ("evaluation_samples", ParameterValue.Of(100L))],
            "rnn" => [("hidden_size", ParameterValue.Of(24L)), ("embedding_size", ParameterValue.Of(16L)), ("context", ParameterValue.Of(24L)), ("epoch_steps", ParameterValue.Of(10L))],
            _ => [("layers", ParameterValue.Of(2L)), ("heads", ParameterValue.Of(2L)), ("width", ParameterValue.Of(16L)), ("context", ParameterValue.Of(24L)), ("epoch_steps", ParameterValue.Of(10L))],
        };
        return assignment with
        {
            Parameters = new ParameterSet([new("epochs", ParameterValue.Of(1L)), new("learning_rate", ParameterValue.Of(0.01)), .. own.Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2))]),
            Dataset = task is "rnn" or "transformer" ? new DatasetSpec("text", Trials.Licence) : assignment.Dataset,
            Metric = new MetricSpec(task == "dcgan" ? "validation_fid" : "validation_loss", Goal.Minimize),
        };
    }

    private static Tensor Tensor(SafetensorsReader file, string name, TensorEntry entry)
    {
        var tensor = empty([.. entry.Shape], ScalarType.Float32);
        file.Read(name, tensor.bytes);
        return tensor;
    }

    private Tensor Read(string name)
    {
        using var file = SafetensorsReader.Open(File.OpenRead(At(name)), name);
        return Tensor(file, "output", file.Tensors["output"]);
    }

    private void Write(string name, Tensor tensor) => SafetensorsWrite(name, "input", tensor);

    private void SafetensorsWrite(string file, string name, Tensor tensor)
    {
        using var stream = File.Create(At(file));
        SafetensorsWriter.Write(stream, [new TensorData(name, TensorTypes.Of(tensor.dtype), tensor.shape, tensor.contiguous().bytes.ToArray())]);
    }

    private string At(string name) => Path.Combine(_folder, name + ".safetensors");

    private static void RunPython(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "PyTorch", "models.py"), .. arguments]) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException("python did not end.");
        }

        Assert.True(process.ExitCode == 0, errors.Result);
    }
}
