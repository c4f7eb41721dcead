using System.Runtime.InteropServices;
using Orchestrator.Checkpoints.Safetensors;
using Orchestrator.Domain.Specs;
using Orchestrator.Training.Data;
using Orchestrator.Training.Imaging;

namespace Orchestrator.Training.Tests.Data;

public sealed class ImageSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("images-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_OfFoldersByClass_HasTheirImagesAndClasses()
    {
        foreach (var (name, shade) in new[] { ("cat", 10), ("dog", 20) })
        {
            for (var i = 0; i < 10; i++)
                Write(Path.Combine(name, $"{i}.png"), (byte)(shade + i), 2, 3);
        }

        var data = Open("images", _folder);
        Assert.Equal((18, 2, 2), (data.Training.Count, data.Validation.Count, data.Classes));
        Assert.Equal([1, 3, 2], data.Training.Inputs.Shape);
        var rows = Rows(data.Training).Concat(Rows(data.Validation)).ToList();
        Assert.Equal(Enumerable.Range(10, 20), rows.Select(row => (int)MathF.Round(row.Shade * 255)).Order());
        Assert.All(rows, row => Assert.Equal(row.Shade * 255 < 19.5 ? 0 : 1, row.Label));
    }

    [Fact]
    public void Open_OfTrainAndValidation_KeepsThemApart()
    {
        Write("train/a/1.png", 1, 2, 2);
        Write("train/b/1.PNG", 2, 2, 2);
        Write("validation/a/1.png", 3, 2, 2);
        var data = Open("images", _folder);
        Assert.Equal((2, 1, 2), (data.Training.Count, data.Validation.Count, data.Classes));
    }

    [Fact]
    public void Open_OfWhatIsNoSet_SaysWhy()
    {
        Assert.Equal(TrainingException.DatasetMissing, Assert.Throws<TrainingException>(() => Open("images", _folder)).Code);
        Write("1.png", 1, 2, 2);
        Write("2.png", 1, 3, 2);
        Assert.EndsWith("all images must have one size.", Assert.Throws<TrainingException>(() => Open("images", _folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "1.png"), "no picture");
        var damaged = Assert.Throws<TrainingException>(() => Open("images", _folder));
        Assert.Equal((TrainingException.DatasetDamaged, $"{Path.Combine(_folder, "1.png")} cannot be read: it does not begin like a PNG file."), (damaged.Code, damaged.Message));
    }

    [Fact]
    public void Open_OfASafetensorsFile_HasItsImagesAndLabels()
    {
        var path = Save(
            new TensorData("images", TensorDataType.UInt8, [20, 1, 2, 2], Enumerable.Range(0, 20).SelectMany(i => Enumerable.Repeat((byte)i, 4)).ToArray()),
            new TensorData("labels", TensorDataType.UInt8, [20], Enumerable.Range(0, 20).Select(i => (byte)(i % 3)).ToArray()));
        var data = Open("safetensors", path);
        Assert.Equal((18, 2, 3), (data.Training.Count, data.Validation.Count, data.Classes));
        Assert.All(Rows(data.Training), row => Assert.Equal((int)MathF.Round(row.Shade * 255) % 3, row.Label));
    }

    [Fact]
    public void Open_OfOtherSafetensors_SaysWhatIsMissing()
    {
        var floats = Save(new TensorData("images", TensorDataType.Float32, [1, 2, 2], new byte[16]));
        Assert.Equal($"{floats} has no tensor 'images' of bytes (U8).", Assert.Throws<TrainingException>(() => Open("safetensors", floats)).Message);
        var labels = Save(new TensorData("images", TensorDataType.UInt8, [2, 2, 2], new byte[8]), new TensorData("labels", TensorDataType.UInt8, [3], new byte[3]));
        Assert.Equal($"{labels}: 'labels' must have a number for each of the 2 images.", Assert.Throws<TrainingException>(() => Open("safetensors", labels)).Message);
        Assert.Equal(TrainingException.DatasetMissing, Assert.Throws<TrainingException>(() => Open("safetensors", Path.Combine(_folder, "none"))).Code);
    }

    private static DatasetSplit Open(string kind, string path) => DatasetCatalog.Open(new DatasetSpec(kind, path));

    private static IEnumerable<(float Shade, long Label)> Rows(IDataset data) => Enumerable.Range(0, data.Count).Select(row =>
    {
        var (image, label) = (new float[data.Inputs.Elements], new long[1]);
        data.CopyRows([row], MemoryMarshal.AsBytes(image.AsSpan()), MemoryMarshal.AsBytes(label.AsSpan()));
        Assert.All(image, shade => Assert.Equal(image[0], shade));
        return (image[0], label[0]);
    });

    private string Save(params TensorData[] tensors)
    {
        var path = Path.Combine(_folder, "images.safetensors");
        using (var file = File.Create(path))
            SafetensorsWriter.Write(file, tensors, new Dictionary<string, string>(StringComparer.Ordinal));
        return path;
    }

    private void Write(string name, byte shade, int width, int height)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        PngWriter.Write(file, Enumerable.Repeat(shade, width * height).ToArray(), width, height);
    }
}
