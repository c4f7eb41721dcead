using Orchestrator.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Metrics;

/// <summary>Against values that a Python program computed from the papers' definitions, by loops over windows.</summary>
public sealed class ImageMetricsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Tensor _first = Make((i, j) => (((7 * i) + (3 * j)) % 11) / 10.0);
    private readonly Tensor _second = Make((i, j) => ((((7 * i) + (3 * j)) % 11) / 20.0) + ((i + j) % 5 / 10.0));

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void PeakSignalToNoise_OfTwoImages_IsTheReferences()
    {
        var found = PeakSignalToNoise.OfEach(cat([_first, _first]), cat([_second, _first]));
        Assert.Equal(13.306540589446065, found[0].item<double>(), 9);
        Assert.Equal(100, found[1].item<double>(), 9);
    }

    [Fact]
    public void StructuralSimilarity_OfTwoImages_IsTheReferences()
    {
        var found = StructuralSimilarity.OfEach(cat([_first, _first]), cat([_second, _first]));
        Assert.Equal(0.6856398667906599, found[0].item<double>(), 9);
        Assert.Equal(1, found[1].item<double>(), 9);
    }

    [Fact]
    public void StructuralSimilarity_OfManyChannels_IsTheirMean()
    {
        var both = StructuralSimilarity.OfEach(cat([_first, _first], 1), cat([_second, _first], 1));
        Assert.Equal((0.6856398667906599 + 1) / 2, both.item<double>(), 9);
    }

    private static Tensor Make(Func<int, int, double> pixel) => tensor(
        Enumerable.Range(0, 16).SelectMany(i => Enumerable.Range(0, 20).Select(j => pixel(i, j))).ToArray()).view(1, 1, 16, 20);
}
