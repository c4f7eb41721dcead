using Orchestrator.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Metrics;

/// <summary>
/// Against values that a Python program computed from the definitions: the Fréchet distance by the eigenvalues of C1 C2 itself
/// (torch.linalg.eigvals), the others by loops over all pairs.
/// </summary>
public sealed class SampleMetricsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    private readonly Tensor _first = Make(40, (i, j) => Math.Sin((1.3 * i) + (2.1 * j)) + (0.1 * (i * j % 5)));
    private readonly Tensor _second = Make(50, (i, j) => (1.2 * Math.Sin((1.3 * i) + (2.1 * j) + 0.4)) + (0.1 * (i * j % 4)));

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void FrechetDistance_OfTwoSets_IsTheReferences() => Assert.Equal(0.09680941386688247, FrechetDistance.Between(_first, _second), 9);

    [Fact]
    public void FrechetDistance_OfASetMovedByAVector_IsItsSquaredLength() =>
        Assert.Equal(4 * 9, FrechetDistance.Between(_first, _first + 3), 6);

    [Fact]
    public void KernelDistance_OfTwoSets_IsTheReferences() => Assert.Equal(-0.037410409699947245, KernelDistance.Between(_first, _second), 9);

    [Fact]
    public void InceptionScore_OfProbabilities_IsTheReferences() => Assert.Equal(1.250362757456064, InceptionScore.Of(_first.softmax(1)), 9);

    [Fact]
    public void InceptionScore_OfSureAndEvenAnswers_IsTheNumberOfClasses() => Assert.Equal(4, InceptionScore.Of(eye(4)), 6);

    [Fact]
    public void InceptionScore_OfOneAnswerForAll_IsOne() => Assert.Equal(1, InceptionScore.Of(tensor(new float[] { 1, 0, 1, 0 }, 2, 2)), 6);

    [Fact]
    public void ManifoldOverlap_OfTwoSets_IsTheReferences()
    {
        var overlap = ManifoldOverlap.Of(_first, _second, 3);
        Assert.Equal((0.86, 0.925, 0.693333, 0.85), (Round(overlap.Precision), Round(overlap.Recall), Round(overlap.Density), Round(overlap.Coverage)));
    }

    [Fact]
    public void ModeCoverage_OfPoints_CountsModesWithAFifthOfTheirShare()
    {
        (double, double)[] centres = [(0, 0), (10, 0), (0, 10)];
        float[] points = [0, 0.1f, 0.1f, 0, 0, 0, 0.2f, 0, 0, 0.2f, 0, 0, 10, 0.29f, 10.31f, 0, 5, 5, 0, 9];
        Assert.Equal(new ModeCoverage(2, 0.7), ModeCoverage.Of(points, centres, 0.1));
    }

    private static double Round(double value) => Math.Round(value, 6);

    private static Tensor Make(int rows, Func<int, int, double> element) => tensor(
        Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, 4).Select(j => element(i, j))).ToArray(), rows, 4);
}
