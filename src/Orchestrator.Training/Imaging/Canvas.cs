namespace Orchestrator.Training.Imaging;

/// <summary>A picture in shades of grey to draw lines and text in; what lies outside is not drawn.</summary>
/// <param name="width">Pixels of a row.</param>
/// <param name="height">Number of rows.</param>
internal sealed class Canvas(int width, int height)
{
    private readonly byte[] _pixels = Enumerable.Repeat(byte.MaxValue, width * height).ToArray();

    internal void WritePng(Stream output) => PngWriter.Write(output, _pixels, width, height);

    /// <summary>The pixel's shade, 0 for black.</summary>
    internal byte At(int x, int y) => _pixels[(y * width) + x];

    internal void Set(int x, int y, byte shade)
    {
        if (x >= 0 && x < width && y >= 0 && y < height)
            _pixels[(y * width) + x] = shade;
    }

    /// <summary>A straight line, ends included.</summary>
    internal void Line((int X, int Y) from, (int X, int Y) to, byte shade)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (var i = 0; i <= steps; i++)
            Set(from.X + (int)Math.Round((double)(to.X - from.X) * i / steps), from.Y + (int)Math.Round((double)(to.Y - from.Y) * i / steps), shade);
    }

    /// <summary>A line of text, letters of <see cref="SmallFont"/> enlarged.</summary>
    internal void Text(int left, int top, string text, int scale, byte shade)
    {
        foreach (var (x, y) in SmallFont.Pixels(text, scale))
            Set(left + x, top + y, shade);
    }
}
