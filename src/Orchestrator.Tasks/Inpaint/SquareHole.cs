using Orchestrator.Tasks.Restoration;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Inpaint;

/// <summary>
/// A square is lost, no nearer to the image's border than an eighth of its side if there is room; the baseline fills it with the mean of
/// the known pixels.
/// </summary>
/// <param name="side">Of the square, in pixels.</param>
internal sealed class SquareHole(int side) : IDamage
{
    private const long Border = 8;

    /// <summary>The filled image, and what is lost.</summary>
    public long InputChannels(long channels) => 4 * (channels + 1);

    public Damaged Apply(Tensor images, NoiseSource noise)
    {
        var rows = (int)images.shape[0];
        var place = noise.Uniform(rows, 2);
        var lost = Span(place.select(1, 0), images.shape[2]).unsqueeze(2) * Span(place.select(1, 1), images.shape[3]).unsqueeze(1);
        lost = lost.unsqueeze(1);
        var known = 1 - lost;
        var mean = (images * known).sum([1, 2, 3], keepdim: true) / (known.sum([1, 2, 3], keepdim: true) * images.shape[1]);
        var filled = (images * known) + (mean * lost);
        return new Damaged(F.pixel_unshuffle(cat([filled, lost], 1), 2), filled, lost);
    }

    /// <summary>Rows x length: 1 where the square is.</summary>
    private Tensor Span(Tensor place, long length)
    {
        var border = Math.Min(length / Border, (length - side) / 2);
        var start = (border + (place * (length - side - (2 * border) + 1)).floor().clamp(max: length - side - (2 * border))).unsqueeze(1);
        var positions = arange(length, ScalarType.Float32, place.device).unsqueeze(0);
        return ((positions >= start) & (positions < start + side)).to(ScalarType.Float32);
    }
}
