namespace Orchestrator.Training.Data;

/// <summary>The four standard IDX files of MNIST and its like, from a folder.</summary>
internal static class MnistDatasets
{
    private const string TrainingPrefix = "train";
    private const string TestPrefix = "t10k";

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
        return Find(folder, TrainingPrefix, "images", 3) is null ? test.Divide() : LabelledImages.Pair(Load(folder, TrainingPrefix), test);
    }

    private static LabelledImages Load(string folder, string prefix)
    {
        var images = IdxFile.Read(Require(folder, prefix, "images", 3), 3);
        var labels = IdxFile.Read(Require(folder, prefix, "labels", 1), 1);
        if (images.Shape[0] != labels.Shape[0])
            throw new TrainingException(TrainingException.DatasetDamaged, $"{images.Path} has {images.Shape[0]} images and {labels.Path} has {labels.Shape[0]} labels: they do not belong together.");
        return new LabelledImages(images.Path, images.Data, labels.Data, images.Shape[1], images.Shape[2]);
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
}
