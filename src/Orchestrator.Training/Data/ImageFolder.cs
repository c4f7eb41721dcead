using Orchestrator.Training.Imaging;

namespace Orchestrator.Training.Data;

/// <summary>
/// PNG files of one size, as shades of grey. Each folder in the dataset's folder is a class, in the order of their names; without
/// folders, all files are of one class. Where there are folders <c>train</c> and <c>validation</c>, they are the two sets.
/// </summary>
internal static class ImageFolder
{
    private const string Training = "train";
    private const string Validation = "validation";
    private const long MostBytes = 1L << 30;
    private const int MostClasses = 256;

    /// <exception cref="TrainingException">There are no images, or a file is damaged or of another size.</exception>
    internal static DatasetSplit Open(string folder)
    {
        if (!Directory.Exists(folder))
            throw new TrainingException(TrainingException.DatasetMissing, $"The dataset folder {folder} does not exist. Give the folder that holds PNG files, or a folder of them for each class.");
        var (training, validation) = (Path.Combine(folder, Training), Path.Combine(folder, Validation));
        return Directory.Exists(training) && Directory.Exists(validation) ? LabelledImages.Pair(Load(training), Load(validation)) : Load(folder).Divide();
    }

    private static LabelledImages Load(string folder)
    {
        var files = Files(folder);
        var first = Read(files[0].Path);
        if ((long)files.Count * first.Pixels.Length > MostBytes)
            throw new TrainingException(TrainingException.DatasetDamaged, $"{folder} has {files.Count} images of {first.Width} x {first.Height} pixels: more than the {MostBytes >> 20} MiB that are read.");
        var (pixels, labels) = (new byte[files.Count * first.Pixels.Length], new byte[files.Count]);
        for (var i = 0; i < files.Count; i++)
        {
            var image = Read(files[i].Path);
            if ((image.Height, image.Width) != (first.Height, first.Width))
                throw new TrainingException(TrainingException.DatasetDamaged, $"{files[i].Path} has {image.Width} x {image.Height} pixels, {files[0].Path} has {first.Width} x {first.Height}: all images must have one size.");
            image.Pixels.CopyTo(pixels, i * first.Pixels.Length);
            labels[i] = files[i].Class;
        }

        return new LabelledImages(folder, pixels, labels, first.Height, first.Width);
    }

    private static List<(string Path, byte Class)> Files(string folder)
    {
        string[] classes = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        if (classes.Length > MostClasses)
            throw new TrainingException(TrainingException.DatasetDamaged, $"{folder} has {classes.Length} folders; there can be {MostClasses} classes.");
        var files = (classes.Length == 0 ? [folder] : classes).SelectMany((path, i) => Pictures(path).Select(file => (file, (byte)i))).ToList();
        return files.Count > 0 ? files : throw new TrainingException(TrainingException.DatasetMissing, $"{folder} has no PNG files.");
    }

    private static IEnumerable<string> Pictures(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file).Equals(".png", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);

    private static PngImage Read(string path)
    {
        try
        {
            return PngImage.Read(File.ReadAllBytes(path));
        }
        catch (InvalidDataException exception)
        {
            throw new TrainingException(TrainingException.DatasetDamaged, $"{path} cannot be read: {exception.Message}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(TrainingException.DatasetMissing, $"Cannot read {path}: {exception.Message}", exception);
        }
    }
}
