using System.Runtime.InteropServices;
using Orchestrator.Training.Data.Series;

namespace Orchestrator.Training.Tests.Data;

public sealed class SeriesTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Windows_OfATable_ScaleByTheTrainingPartAndLabelsAreOneTimeOn()
    {
        var lines = Enumerable.Range(0, 20).Select(time => $"{(time % 2 == 0 ? 1 : 3)},7");
        var data = SeriesTable.Open(Write(["a,b", .. lines])).Windows(2, 5);
        Assert.Equal((17 - 2, 1), (data.Training.Count, data.Validation.Count));
        var (inputs, labels) = (new byte[data.Training.Inputs.Bytes], new byte[data.Training.Labels.Bytes]);
        data.Training.CopyRows([1], inputs, labels);
        var (low, high) = ((1 - 33 / 17.0) / Deviation, (3 - 33 / 17.0) / Deviation);
        AssertNear([high, 0, low, 0], inputs);
        AssertNear([low, 0, high, 0], labels);
    }

    [Theory]
    [InlineData("1,2\n3", "line 2 has 1 cells")]
    [InlineData("1,2\n3,x", "'x' in line 2")]
    [InlineData("a,b", "has no numbers")]
    [InlineData("1\n2\n3", "too few")]
    public void Open_OfWhatIsNoTable_SaysWhere(string text, string message) =>
        Assert.Contains(message, Assert.Throws<TrainingException>(() => SeriesTable.Open(Write(text.Split('\n'))).Windows(2, 5)).Message, StringComparison.Ordinal);

    /// <summary>Of the first 17 times: nine ones, eight threes.</summary>
    private static double Deviation { get; } = Math.Sqrt(((9 * Math.Pow(1 - (33 / 17.0), 2)) + (8 * Math.Pow(3 - (33 / 17.0), 2))) / 17);

    private static void AssertNear(double[] expected, byte[] actual)
    {
        foreach (var (wanted, value) in expected.Zip(MemoryMarshal.Cast<byte, float>(actual).ToArray()))
            Assert.Equal(wanted, value, 1e-5);
    }

    private string Write(string[] lines)
    {
        var path = Path.Combine(_folder.Path, "table.csv");
        File.WriteAllLines(path, lines);
        return path;
    }
}
