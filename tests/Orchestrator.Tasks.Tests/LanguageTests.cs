using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Transformer;
using Orchestrator.Training;
using Orchestrator.Training.Randomness;
using Orchestrator.Training.Sampling;
using Orchestrator.Training.Trials;
using TorchSharp;

namespace Orchestrator.Tasks.Tests;

/// <summary>What every task of sequences must do, on small models and the text of the licence.</summary>
public sealed class LanguageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("language-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rnn", "lstm")]
    [InlineData("rnn", "gru")]
    [InlineData("rnn", "rnn")]
    [InlineData("transformer", "")]
    public void Run_OfALanguageModel_LearnsAndReportsTheSameInThreeUnits(string task, string cell)
    {
        var observer = new RecordingObserver();
        Trials.Run(Small(task, 3, cell), observer);
        var metrics = observer.Epochs[^1].Metrics;
        var loss = metrics["validation_loss"];
        Assert.True(loss < observer.Epochs[0].Metrics["validation_loss"]);
        Assert.InRange(loss, 1.5, 3.5); // the characters' own entropy is about 3.1, and that of all alike 4.2
        Assert.Equal(loss / Math.Log(2), metrics["validation_bits_per_character"], 1e-9);
        Assert.Equal(Math.Exp(loss), metrics["validation_perplexity"], 1e-9);
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("transformer")]
    [InlineData("rnn-regression")]
    public void Run_ResumedWithinAnEpoch_GivesTheLossesOfAnUninterruptedRun(string task)
    {
        var (whole, first, second) = (new RecordingObserver(), new RecordingObserver(), new RecordingObserver());
        Trials.Run(Small(task, 2) with { CheckpointFolder = Path.Combine(_folder, "other") }, whole);
        var polls = 0;
        first.StopWhen = _ => ++polls == 13 ? StopRequest.SaveAndStop : StopRequest.None;
        var stopped = Trials.Run(Small(task, 2), first);
        var rest = Small(task, 2);
        Trials.Run(rest with { Attempt = rest.Attempt with { Number = 2 }, ResumeFrom = [stopped.LastCheckpoint!] }, second);
        Assert.Equal(13, second.Started!.Step);
        AssertSame(whole, [.. first.Epochs, .. second.Epochs], tolerance: 0);
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("transformer")]
    [InlineData("rnn-regression")]
    public void Run_OnTwoRanks_GivesTheLossesOfOneRank(string task)
    {
        var single = new RecordingObserver();
        Trials.Run(Small(task, 2), single);
        RecordingObserver[] ranks = [new(), new()];
        Trials.Run(Small(task, 2) with { CheckpointFolder = Path.Combine(_folder, "other") }, LocalProcessGroup.Create(2), ranks);
        foreach (var rank in ranks)
            AssertSame(single, rank.Epochs, tolerance: 1e-4);
    }

    [Theory]
    [InlineData("rnn", "lstm")]
    [InlineData("rnn", "gru")]
    [InlineData("rnn", "rnn")]
    [InlineData("transformer", "")]
    public void WriteSamples_OfALanguageModel_RepeatsWithTheSeed(string task, string cell)
    {
        var observer = new RecordingObserver();
        Trials.Run(Small(task, 2, cell), observer);
        var writer = new SampleWriter(TaskCatalog.BuiltIn);
        var request = new SampleRequest { Count = 2, Seed = 3, Prompt = "the", Length = 60 };
        string Write(SampleRequest what) => File.ReadAllText(writer.WriteSamples(observer.Registered[^1].Location, Path.Combine(_folder, "text"), what)!);

        var text = Write(request);

        Assert.Equal(text, Write(request));
        Assert.NotEqual(text, Write(request with { Seed = 4 }));
        Assert.StartsWith("the", text, StringComparison.Ordinal);
        Assert.Equal(2 * 63, text.Replace("\n\n--------\n\n", "", StringComparison.Ordinal).Length - 1);
        Assert.Equal(text[..63], Write(request with { Count = 1 })[..63]); // a text does not depend on the others
        Assert.Equal(Write(request with { Choice = new TokenChoice { Temperature = 0 } }), Write(request with { Seed = 9, Choice = new TokenChoice { TopK = 1 } }));
    }

    [Fact]
    public void Read_OfACachedTransformer_GivesTheLogitsOfReadingItWhole()
    {
        var options = new TransformerOptions { Context = 12, Layers = 2, Heads = 2, Width = 16 };
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        using var network = LibraryGenerator.Draw(1, () => new TransformerNetwork(options, 10));
        var tokens = torch.tensor([.. Enumerable.Range(0, 24).Select(i => (long)(i * 7 % 10))], [2, 12]);
        var whole = network.Logits(tokens);
        using var decoder = network.Decode();
        var first = decoder.Read(tokens.narrow(1, 0, 5));
        AssertClose(whole.select(1, 4), first);
        for (var i = 5; i < 12; i++)
            AssertClose(whole.select(1, i), decoder.Read(tokens.narrow(1, i, 1)));

        var next = torch.tensor([3L, 4L], [2, 1]); // the context is full: the later half of it, with the new ones, is read anew
        AssertClose(network.Logits(torch.cat([tokens.narrow(1, 7, 5), next], 1)).select(1, -1), decoder.Read(next));
    }

    [Fact]
    public void Run_OfARegression_BeatsSayingThatNothingChanges()
    {
        var observer = new RecordingObserver();
        Trials.Run(Small("rnn-regression", 3), observer);
        Assert.True(observer.Epochs[^1].Metrics["validation_mse"] < observer.Epochs[^1].Metrics["validation_persistence_mse"] / 2);
    }

    [Fact]
    public void Run_WithHeadsThatDoNotDivideTheWidth_SaysSo()
    {
        var assignment = Small("transformer", 1);
        assignment = assignment with { Parameters = new ParameterSet([.. assignment.Parameters, new("heads", ParameterValue.Of(5L))]) };
        var exception = Assert.Throws<TrainingException>(() => Trials.Run(assignment, new RecordingObserver()));
        Assert.Equal(TrainingException.InvalidParameters, exception.Code);
        Assert.Contains("heads = 5", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(RecordingObserver expected, List<EpochReport> actual, double tolerance)
    {
        Assert.Equal(expected.Epochs.Count, actual.Count);
        foreach (var (left, right) in expected.Epochs.Zip(actual))
        {
            foreach (var name in left.Metrics.Keys.Where(name => name != "samples_per_second"))
                Assert.InRange(right.Metrics[name] / left.Metrics[name], 1 - tolerance, 1 + tolerance);
        }
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual) => Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-5f);

    private TrialAssignment Small(string task, long epochs, string cell = "")
    {
        List<(string, ParameterValue)> parameters =
        [
            ("epochs", ParameterValue.Of(epochs)), ("batch_size", ParameterValue.Of(8L)), ("epoch_steps", ParameterValue.Of(10L)), ("context", ParameterValue.Of(24L)),
            ("learning_rate", ParameterValue.Of(0.01)),
        ];
        if (task == "transformer")
            parameters.AddRange([("layers", ParameterValue.Of(2L)), ("heads", ParameterValue.Of(2L)), ("width", ParameterValue.Of(16L)), ("warmup_steps", ParameterValue.Of(5L))]);
        else
            parameters.Add(("hidden_size", ParameterValue.Of(24L)));
        if (task == "rnn")
            parameters.Add(("embedding_size", ParameterValue.Of(16L)));
        if (cell.Length > 0)
            parameters.Add(("cell", ParameterValue.Of(cell)));
        var dataset = task == "rnn-regression" ? new DatasetSpec("csv", Waves()) : new DatasetSpec("text", Trials.Licence);
        var metric = task == "rnn-regression" ? "validation_mse" : "validation_loss";
        return Trials.Assign(Path.Combine(_folder, "checkpoints"), "", [.. parameters]) with { Task = task, Dataset = dataset, Metric = new MetricSpec(metric, Goal.Minimize) };
    }

    private string Waves()
    {
        var path = Path.Combine(_folder, "waves.csv");
        var lines = Enumerable.Range(0, 600).Select(time => FormattableString.Invariant($"{Math.Sin(time * 0.3):F5},{Math.Cos(time * 0.7) + 5:F5}"));
        File.WriteAllLines(path, ["sine,cosine", .. lines]);
        return path;
    }
}
