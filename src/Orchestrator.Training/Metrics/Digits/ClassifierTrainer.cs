using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Training.Metrics.Digits;

/// <summary>Trains the classifier of a dataset: the same data give the same classifier, up to rounding.</summary>
internal static class ClassifierTrainer
{
    private const int Seed = 20_1998;
    private const int BatchSize = 100;
    private const int ImagesToSee = 180_000;
    private const int MostEpochs = 8;
    private const double LearningRate = 1.5e-3;

    internal static DigitClassifier Train(IDataset data, int classes, CancellationToken abort)
    {
        using var gradients = enable_grad();
        var classifier = LibraryGenerator.Draw(Seed, () => new DigitClassifier(classes));
        Train(classifier, data, abort);
        classifier.eval();
        return classifier;
    }

    private static void Train(DigitClassifier classifier, IDataset data, CancellationToken abort)
    {
        var epochs = Math.Clamp(ImagesToSee / data.Count, 1, MostEpochs);
        var plan = new BatchPlan(data.Count, Math.Min(BatchSize, data.Count), Seed, 0, 1);
        var steps = epochs * plan.BatchesPerEpoch;
        using var buffer = new BatchBuffer(data, plan.BatchSize);
        using var optimizer = optim.Adam(classifier.parameters(), LearningRate);
        var batches = new EpochBatches();
        for (var step = 0; step < steps; step++)
        {
            abort.ThrowIfCancellationRequested();
            var batch = step % plan.BatchesPerEpoch;
            if (batch == 0)
                plan.Draw(step / plan.BatchesPerEpoch, batches);
            buffer.Fill(batches[batch]);
            using var scope = NewDisposeScope();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = LearningRate * (1 + Math.Cos(Math.PI * step / steps)) / 2;
            var rows = buffer.On(CPU);
            optimizer.zero_grad();
            // The forward pass draws dropout: neither may another thread draw in between, nor this one while another draws its initial weights.
            LibraryGenerator.Draw(RandomSeeds.Of(Seed, RandomPurpose.LibraryGenerator, step), () => F.cross_entropy(classifier.call(rows.Inputs), rows.Labels)).backward();
            optimizer.step();
        }
    }
}
