using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>Codes in whose images one can see what a latent space has learned: rows of <see cref="Columns"/> steps each.</summary>
internal static class LatentWalks
{
    /// <summary>Steps of a row.</summary>
    internal const int Columns = 12;

    private const int Interpolations = 5;
    private const int MostDimensions = 7;
    private const float Reach = 2.5f;

    /// <summary>Rows between two random codes each, and then rows along one dimension each, from one random code.</summary>
    /// <param name="size">Dimensions of a code.</param>
    /// <param name="noise">Draws codes.</param>
    internal static Tensor Codes(int size, NoiseSource noise)
    {
        var (from, to) = (noise.Normal(Interpolations, size), noise.Normal(Interpolations, size));
        var steps = linspace(0, 1, Columns, ScalarType.Float32);
        var between = Enumerable.Range(0, Interpolations).Select(row => Between(from[row], to[row], steps));
        var start = noise.Normal(1, size);
        return cat([.. between, .. Enumerable.Range(0, Math.Min(size, MostDimensions)).Select(dimension => Along(start, dimension))]);
    }

    /// <summary>Along the arc between two codes, whose points are as likely as its ends. White: Sampling Generative Networks, 2016.</summary>
    private static Tensor Between(Tensor from, Tensor to, Tensor steps)
    {
        var cosine = (from.dot(to) / (from.norm() * to.norm())).clamp(-0.9999, 0.9999);
        var angle = cosine.acos();
        var rows = steps.unsqueeze(1);
        return ((((1 - rows) * angle).sin() * from) + ((rows * angle).sin() * to)) / angle.sin();
    }

    private static Tensor Along(Tensor start, int dimension)
    {
        var codes = start.repeat(Columns, 1);
        codes.select(1, dimension).copy_(linspace(-Reach, Reach, Columns, ScalarType.Float32));
        return codes;
    }
}
