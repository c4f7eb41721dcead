using Orchestrator.Training.Data;
using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics.Digits;

/// <summary>Tells which digit images show, by the classifier that <see cref="DigitQuality"/> judges by.</summary>
public sealed class DigitReader : IDisposable
{
    private readonly DigitClassifier _classifier;

    /// <summary>Takes the classifier from the cache, or trains it.</summary>
    /// <param name="digits">28 x 28 images in classes.</param>
    /// <param name="cacheFolder">Where classifiers are kept.</param>
    /// <param name="abort">Ends its training.</param>
    /// <exception cref="TrainingException">The data are not such images.</exception>
    public DigitReader(DatasetSplit digits, string cacheFolder, CancellationToken abort)
    {
        DigitClassifier.Require(digits);
        _classifier = new ClassifierCache(cacheFolder).Get(digits, abort);
    }

    /// <summary>The class of each image.</summary>
    /// <param name="images">Rows x 1 x 28 x 28, from 0 to 1, on the CPU.</param>
    /// <returns>Whole numbers, one a row.</returns>
    public Tensor Read(Tensor images) => _classifier.Judge(images).Probabilities.argmax(1);

    /// <inheritdoc/>
    public void Dispose() => _classifier.Dispose();
}
