using Orchestrator.Training.Imaging;

namespace Orchestrator.Training.Tests.Imaging;

public sealed class ImageGridTests
{
    [Fact]
    public void WritePng_TwoImages_PlacesThemAPixelApart()
    {
        var grid = new ImageGrid(2, 1, columns: 2, rows: 1);
        grid.Set(0, [0f, 1f]);
        grid.Set(1, [0.5f, 2f]);
        using var stream = new MemoryStream();
        grid.WritePng(stream);
        var (width, height, pixels) = PngReader.Read(stream.ToArray());
        Assert.Equal((7, 3), (width, height));
        Assert.Equal(new byte[] { 0, 0, 255, 0, 128, 255, 0 }, pixels[7..14]);
        Assert.All(pixels[..7].Concat(pixels[14..]), pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void Set_NumbersThatAreNone_AreBlack()
    {
        var grid = new ImageGrid(1, 1, 1, 1);
        grid.Set(0, [float.NaN]);
        using var stream = new MemoryStream();
        grid.WritePng(stream);
        Assert.All(PngReader.Read(stream.ToArray()).Pixels, pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void Write_AnotherNumberOfPixels_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => PngWriter.Write(Stream.Null, new byte[3], 2, 2));

    [Fact]
    public void Set_Scaled_MakesEachPixelASquare()
    {
        var (plain, scaled) = (new ImageGrid(1, 1, 1, 1), new ImageGrid(1, 1, 1, 1, scale: 3));

        Assert.Equal((3, 3, 5, 5), (plain.Width, plain.Height, scaled.Width, scaled.Height));
        scaled.Set(0, [1f]);
        using var stream = new MemoryStream();
        scaled.WritePng(stream);
        Assert.Equal(new byte[] { 0, 0, 0, 0, 0, 0, 255, 255, 255, 0, 0, 255, 255, 255, 0, 0, 255, 255, 255, 0, 0, 0, 0, 0, 0 }, PngReader.Read(stream.ToArray()).Pixels);
    }
}
