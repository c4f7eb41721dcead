using Orchestrator.Training.Randomness;

namespace Orchestrator.Training.Data;

/// <summary>The four standard IDX files of MNIST and its like, from a folder.</summary>
internal static class MnistDatasets
{
    private const string TrainingPrefix = "train";
    private const string TestPrefix = "t10k";
    private const int ValidationShare = 10;
    private const int SplitSeed = 0;

    /// <summary>
    /// Opens a folder. With both sets, one trains on the first and validates on the second; with the test set alone, a tenth of it,
    /// the same at every call, is for validation.
    /// </summary>
    /// <exception cref="TrainingException">A file is missing or damaged, or images and labels do not match.</exception>
    internal static DatasetSplit Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new TrainingException(TrainingException.DatasetMissing, $"The dataset folder {folder} does not exist. Give the folder that holds {Name(TestPrefix, "images", 3)}[.gz].");
        var test = Load(folder, TestPrefix);
        return Find(folder, TrainingPrefix, "images", 3) is null ? Divide(test) : Pair(Load(folder, TrainingPrefix), test);
    }

    private static DatasetSplit Pair(Set training, Set test)
    {
        if (!training.Images.Shape.Skip(1).SequenceEqual(test.Images.Shape.Skip(1)))
            throw new TrainingException(TrainingException.DatasetDamaged, $"{training.Images.Path} and {test.Images.Path} have images of different sizes.");
        return Split(training.View(All(training)), test.View(All(test)), training, test);
    }

    private static DatasetSplit Divide(Set set)
    {
        var order = All(set);
        Permutation.Fill(order, RandomSeeds.Of(SplitSeed, RandomPurpose.DataSplit));
        var validation = Math.Max(1, order.Length / ValidationShare);
        return Split(set.View(order[validation..]), set.View(order[..validation]), set);
    }

    private static DatasetSplit Split(ImageDataset training, ImageDataset validation, params Set[] sets) =>
        training.Count > 0
            ? new DatasetSplit(training, validation, 1 + sets.Max(set => set.Labels.Data.Max()))
            : throw new TrainingException(TrainingException.DatasetDamaged, $"{sets[0].Images.Path} has too few images to divide.");

    private static int[] All(Set set) => [.. Enumerable.Range(0, set.Images.Shape[0])];

    private static Set Load(string folder, string prefix)
    {
        var images = IdxFile.Read(Require(folder, prefix, "images", 3), 3);
        var labels = IdxFile.Read(Require(folder, prefix, "labels", 1), 1);
        if (images.Shape[0] != labels.Shape[0])
            throw new TrainingException(TrainingException.DatasetDamaged, $"{images.Path} has {images.Shape[0]} images and {labels.Path} has {labels.Shape[0]} labels: they do not belong together.");
        return new Set(images, labels);
    }

    private static string Require(string folder, string prefix, string what, int dimensions) =>
        Find(folder, prefix, what, dimensions)
        ?? throw new TrainingException(TrainingException.DatasetMissing, $"{folder} has no {Name(prefix, what, dimensions)}[.gz]. Put the standard MNIST files there, or point 'dataset' elsewhere.");

    private static string? Find(string folder, string prefix, string what, int dimensions)
    {
        var name = Name(prefix, what, dimensions);
        string[] candidates = [name, name + ".gz", name.Replace("-idx", ".idx", StringComparison.Ordinal)];
        return candidates.Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists);
    }

    private static string Name(string prefix, string what, int dimensions) => $"{prefix}-{what}-idx{dimensions}-ubyte";

    private sealed record Set(IdxFile Images, IdxFile Labels)
    {
        internal ImageDataset View(int[] rows) => new(Images.Data, Labels.Data, Images.Shape[1], Images.Shape[2], rows);
    }
}
