using Orchestrator.Checkpoints.Manifests;
using Orchestrator.Training.Imaging;

namespace Orchestrator.Training.Tests.Imaging;

public sealed class CanvasTests
{
    [Fact]
    public void Line_BetweenTwoPoints_HasBothAndWhatLiesBetween()
    {
        var canvas = new Canvas(5, 5);
        canvas.Line((0, 0), (4, 2), 0);
        Assert.Equal((0, 0, 0, 255), (canvas.At(0, 0), canvas.At(2, 1), canvas.At(4, 2), canvas.At(0, 4)));
    }

    [Fact]
    public void Set_OutsideOfThePicture_IsNotDrawn()
    {
        var canvas = new Canvas(2, 2);
        canvas.Set(2, 0, 0);
        canvas.Set(-1, 1, 0);
        Assert.Equal((255, 255), (canvas.At(0, 1), canvas.At(1, 1)));
    }

    [Theory]
    [InlineData('l', "#..", "#..", "#..", "#..", "###")]
    [InlineData('L', "#..", "#..", "#..", "#..", "###")]
    [InlineData('7', "###", "..#", ".#.", ".#.", ".#.")]
    [InlineData('?', "...", "...", "...", "...", "...")]
    public void IsSet_OfALetter_IsItsShape(char letter, params string[] rows) => Assert.Equal(
        rows,
        Enumerable.Range(0, 5).Select(y => string.Concat(Enumerable.Range(0, 3).Select(x => SmallFont.IsSet(letter, x, y) ? '#' : '.'))));

    [Fact]
    public void Paint_OfAFallingMetric_DrawsFromTheTopLeftToTheBottomRight()
    {
        var canvas = CurvePainter.Paint([Epoch(1, 8), Epoch(2, 4), Epoch(3, 2)]);
        Assert.Equal((0, 0), (canvas.At(70, 20), canvas.At(370, 130)));
        Assert.Equal((0, 160), (canvas.At(220, 130 - 37), canvas.At(370, 60))); // a third of the way up in the middle; the frame
    }

    private static EpochMetrics Epoch(int epoch, double loss) => new(epoch, new Dictionary<string, double>(StringComparer.Ordinal) { ["train_loss"] = loss });
}
