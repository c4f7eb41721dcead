namespace Orchestrator.Training.Imaging;

/// <summary>What the samples of a pixel of a PNG file are, by the file format's numbers.</summary>
internal enum PngKind
{
    Grey = 0,
    Colour = 2,
    Palette = 3,
    GreyAndAlpha = 4,
    ColourAndAlpha = 6,
}
