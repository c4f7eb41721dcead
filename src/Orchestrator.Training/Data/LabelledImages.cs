using Orchestrator.Training.Randomness;

namespace Orchestrator.Training.Data;

/// <summary>Grayscale images of one size with their classes, in memory.</summary>
/// <param name="Name">Where they come from, for messages.</param>
/// <param name="Pixels">All images, one after the other.</param>
/// <param name="Labels">The class of each image.</param>
/// <param name="Height">Height of an image.</param>
/// <param name="Width">Width of an image.</param>
internal sealed record LabelledImages(string Name, byte[] Pixels, byte[] Labels, int Height, int Width)
{
    private const int ValidationShare = 10;
    private const int SplitSeed = 0;

    private int[] All => [.. Enumerable.Range(0, Labels.Length)];

    /// <summary>Trains on one set and validates on the other.</summary>
    /// <exception cref="TrainingException">Their images have different sizes.</exception>
    internal static DatasetSplit Pair(LabelledImages training, LabelledImages validation)
    {
        if ((training.Height, training.Width) != (validation.Height, validation.Width))
            throw new TrainingException(TrainingException.DatasetDamaged, $"{training.Name} and {validation.Name} have images of different sizes.");
        return Split(training.Name, training.View(training.All), validation.View(validation.All), training.Labels.Concat(validation.Labels).Max());
    }

    /// <summary>A tenth of the images, the same at every call, is for validation.</summary>
    /// <exception cref="TrainingException">There are too few images.</exception>
    internal DatasetSplit Divide()
    {
        var order = All;
        Permutation.Fill(order, RandomSeeds.Of(SplitSeed, RandomPurpose.DataSplit));
        var validation = Math.Max(1, order.Length / ValidationShare);
        return Split(Name, View(order[validation..]), View(order[..validation]), Labels.Max());
    }

    private static DatasetSplit Split(string name, ImageDataset training, ImageDataset validation, int lastClass) =>
        training.Count > 0
            ? new DatasetSplit(training, validation, 1 + lastClass)
            : throw new TrainingException(TrainingException.DatasetDamaged, $"{name} has too few images to divide.");

    private ImageDataset View(int[] rows) => new(Pixels, Labels, Height, Width, rows);
}
