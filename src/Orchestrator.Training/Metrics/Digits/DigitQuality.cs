using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Training.Metrics.Digits;

/// <summary>Judges generated digits against the validation set by the features of a classifier trained on the training set.</summary>
public sealed class DigitQuality : IDisposable
{
    private const int Neighbour = 3;
    private const int MostRowsOfNeighbours = 2000;
    private const int MostRowsOfKernels = 2000;

    private readonly DigitClassifier _classifier;
    private readonly Tensor _realFeatures;

    /// <summary>Takes the classifier from the cache, or trains it, and judges the validation set.</summary>
    /// <param name="judgement">The data, and where classifiers are kept.</param>
    /// <exception cref="TrainingException">The data are not 28 x 28 images in classes.</exception>
    public DigitQuality(SampleJudgement judgement)
    {
        var data = judgement.Data;
        DigitClassifier.Require(data);
        _classifier = new ClassifierCache(judgement.CacheFolder).Get(data, judgement.Abort);
        using var scope = NewDisposeScope();
        using var rows = new BatchBuffer(data.Validation, data.Validation.Count);
        rows.Fill([.. Enumerable.Range(0, data.Validation.Count)]);
        var batch = rows.On(CPU);
        var (features, probabilities) = _classifier.Judge(batch.Inputs);
        _realFeatures = features.DetachFromDisposeScope();
        Accuracy = (probabilities.argmax(1) == batch.Labels).to(ScalarType.Float64).mean().item<double>();
        RealInceptionScore = InceptionScore.Of(probabilities);
    }

    /// <summary>The metric of how many digits the samples show.</summary>
    public const string Classes = "validation_classes";

    /// <summary>Share of the validation set that the classifier tells right.</summary>
    public double Accuracy { get; }

    /// <summary>The Inception Score of the validation set itself.</summary>
    public double RealInceptionScore { get; }

    /// <summary>The metrics that <see cref="Report"/> reports.</summary>
    public static IReadOnlyList<string> MetricNames { get; } =
    [
        "validation_inception_score", "validation_fid", "validation_kid", "validation_precision", "validation_recall", "validation_density",
        "validation_coverage", Classes,
    ];

    /// <summary>Judges images.</summary>
    /// <param name="judgement">Takes the metrics.</param>
    /// <param name="images">Samples x 1 x height x width, from 0 to 1; another size is resampled.</param>
    public void Report(SampleJudgement judgement, Tensor images)
    {
        using var scope = NewDisposeScope();
        var (features, probabilities) = _classifier.Judge(Resized(images.cpu()));
        var overlap = ManifoldOverlap.Of(First(_realFeatures, MostRowsOfNeighbours), First(features, MostRowsOfNeighbours), Neighbour);
        double[] values =
        [
            InceptionScore.Of(probabilities),
            FrechetDistance.Between(_realFeatures, features),
            KernelDistance.Between(First(_realFeatures, MostRowsOfKernels), First(features, MostRowsOfKernels)),
            overlap.Precision,
            overlap.Recall,
            overlap.Density,
            overlap.Coverage,
            ModeCoverage.Of(Counts(probabilities), (int)images.shape[0]).Modes,
        ];
        foreach (var (name, value) in MetricNames.Zip(values))
            judgement.Report(name, value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _realFeatures.Dispose();
        _classifier.Dispose();
    }

    private static Tensor First(Tensor rows, int most) => rows.narrow(0, 0, Math.Min(most, rows.shape[0]));

    private static Tensor Resized(Tensor images) => images.shape[^1] == DigitClassifier.Side && images.shape[^2] == DigitClassifier.Side
        ? images
        : F.interpolate(images, [DigitClassifier.Side, DigitClassifier.Side], mode: InterpolationMode.Area);

    /// <summary>Samples of each class that the classifier sees.</summary>
    private static int[] Counts(Tensor probabilities)
    {
        var counts = new int[probabilities.shape[1]];
        foreach (var found in probabilities.argmax(1).data<long>().ToArray())
            counts[found]++;
        return counts;
    }
}
