using static TorchSharp.torch;

namespace Orchestrator.Tasks.Audio;

/// <summary>
/// Initial weights that know that levels are in an order: each channel is a cosine over the levels, so that near levels begin as near vectors. With
/// random ones, what is learned of a level says nothing of its neighbours.
/// </summary>
internal static class LevelWaves
{
    /// <summary>Fills a weight of levels x channels, or levels x channels x 1.</summary>
    internal static void Fill(Tensor weight, double scale)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (levels, channels) = (weight.size(0), weight.size(1));
        var places = (arange(levels, ScalarType.Float32) + 0.5) * (Math.PI / levels);
        weight.copy_((places.unsqueeze(1) * arange(1, channels + 1, ScalarType.Float32)).cos().view(weight.shape) * scale);
    }
}
