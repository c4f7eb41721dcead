using Orchestrator.Training.Imaging;

namespace Orchestrator.Training.Tests.Imaging;

public sealed class PngImageTests
{
    [Fact]
    public void Read_OfWhatWasWritten_GivesItBack()
    {
        using var file = new MemoryStream();
        byte[] pixels = [0, 10, 20, 30, 40, 255];
        PngWriter.Write(file, pixels, 3, 2);
        var image = PngImage.Read(file.ToArray());
        Assert.Equal((2, 3), (image.Height, image.Width));
        Assert.Equal(pixels, image.Pixels);
    }

    /// <summary>Rows that begin with each of the filters; the shades are worked out by hand from the standard.</summary>
    [Fact]
    public void Read_OfEveryFilter_UndoesIt()
    {
        byte[] raw = [0, 10, 20, 30, 1, 5, 5, 5, 2, 1, 1, 1, 3, 10, 10, 10, 4, 1, 2, 3];
        Assert.Equal([10, 20, 30, 5, 10, 15, 6, 11, 16, 13, 22, 29, 14, 24, 32], PngImage.Read(PngFile.Make(3, 5, depth: 8, kind: 0, raw)).Pixels);
    }

    [Theory]
    [InlineData(1, 0, new byte[] { 0, 0b1010_0000 }, new byte[] { 255, 0, 255 })]
    [InlineData(2, 0, new byte[] { 0, 0b00_01_11_00 }, new byte[] { 0, 85, 255 })]
    [InlineData(4, 0, new byte[] { 0, 0x0F, 0x30 }, new byte[] { 0, 255, 51 })]
    [InlineData(16, 0, new byte[] { 0, 1, 200, 128, 0, 255, 255 }, new byte[] { 1, 128, 255 })]
    [InlineData(8, 2, new byte[] { 0, 255, 0, 0, 0, 255, 0, 0, 0, 255 }, new byte[] { 76, 150, 29 })]
    [InlineData(8, 4, new byte[] { 0, 200, 255, 200, 128, 200, 0 }, new byte[] { 200, 100, 0 })]
    [InlineData(8, 6, new byte[] { 0, 9, 9, 9, 255, 9, 9, 9, 0, 90, 90, 90, 128 }, new byte[] { 9, 0, 45 })]
    [InlineData(2, 3, new byte[] { 0, 0b00_01_10_00 }, new byte[] { 7, 76, 125 })]
    public void Read_OfEveryColourType_GivesShades(int depth, int kind, byte[] raw, byte[] expected) => Assert.Equal(
        expected,
        PngImage.Read(PngFile.Make(3, 1, depth, kind, raw, palette: [7, 7, 7, 255, 0, 0, 250, 250, 250], transparency: kind == 3 ? [255, 255, 128] : [])).Pixels);

    [Fact]
    public void Read_OfADamagedFile_SaysWhat()
    {
        var file = PngFile.Make(3, 1, 8, 0, [0, 1, 2, 3]);
        Assert.Equal("it does not begin like a PNG file", Fault([1, 2, 3]));
        Assert.Equal("it is truncated", Fault(file[..^6]));
        Assert.Equal("a checksum is wrong", Fault([.. file[..20], (byte)(file[20] + 1), .. file[21..]]));
        Assert.Equal("its pixels are truncated", Fault(PngFile.Make(3, 2, 8, 0, [0, 1, 2, 3])));
        Assert.Equal("it has an unknown filter, 5", Fault(PngFile.Make(3, 1, 8, 0, [5, 1, 2, 3])));
        Assert.Equal("its header is damaged", Fault(PngFile.Make(3, 1, 3, 0, [0, 1, 2, 3])));
        Assert.Equal("it is interlaced; save it without", Fault(PngFile.Make(3, 1, 8, 0, [0, 1, 2, 3], interlace: 1)));
        Assert.Equal("a pixel is outside of its palette", Fault(PngFile.Make(3, 1, 8, 3, [0, 1, 2, 3], palette: [1, 1, 1])));
    }

    private static string Fault(byte[] file) => Assert.Throws<InvalidDataException>(() => PngImage.Read(file)).Message;
}
