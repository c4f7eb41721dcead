using Orchestrator.Training.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Training.Metrics.Digits;

/// <summary>
/// A small classifier of 28 x 28 images, whose hidden layer gives the features by which generated images are judged: two 3 x 3
/// convolutions of 32 and 64 with max-pooling, 128 features.
/// </summary>
internal sealed class DigitClassifier : nn.Module<Tensor, Tensor>
{
    internal const int Side = 28;
    internal const int FeatureCount = 128;
    private const int BlockRows = 250;
    private const double DropoutShare = 0.25;

#pragma warning disable IDE1006 // Fields name the tensors of the file.
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Linear fc1;
    private readonly Linear fc2;
#pragma warning restore IDE1006

    internal DigitClassifier(int classes)
        : base("digits")
    {
        conv1 = nn.Conv2d(1, 32, 3);
        conv2 = nn.Conv2d(32, 64, 3);
        fc1 = nn.Linear(64 * 5 * 5, FeatureCount);
        fc2 = nn.Linear(FeatureCount, classes);
        RegisterComponents();
    }

    /// <exception cref="TrainingException">The data are not what the classifier can tell apart.</exception>
    internal static void Require(DatasetSplit data)
    {
        if (data.Classes < 2 || !data.Training.Inputs.Shape.SequenceEqual([1, Side, Side]))
            throw new TrainingException(TrainingException.DatasetUnsupported, $"Generated images are judged by a classifier of {Side} x {Side} images in classes, which this dataset has not.");
    }

    /// <summary>Logits of the classes of images, rows x 1 x 28 x 28 from 0 to 1.</summary>
    public override Tensor forward(Tensor images) => fc2.call(F.dropout(Features(images), DropoutShare, training));

    /// <summary>Features and class probabilities of images, without gradients, in blocks that bound the memory.</summary>
    internal (Tensor Features, Tensor Probabilities) Judge(Tensor images)
    {
        using var noGradient = no_grad();
        var (features, probabilities) = (new List<Tensor>(), new List<Tensor>());
        for (long start = 0; start < images.shape[0]; start += BlockRows)
        {
            using var scope = NewDisposeScope();
            var found = Features(images.narrow(0, start, Math.Min(BlockRows, images.shape[0] - start)));
            features.Add(scope.MoveToOuter(found));
            probabilities.Add(scope.MoveToOuter(fc2.call(found).softmax(1)));
        }

        return (cat(features), cat(probabilities));
    }

    private Tensor Features(Tensor images)
    {
        var first = F.max_pool2d(conv1.call(images).relu(), 2);
        return fc1.call(F.max_pool2d(conv2.call(first).relu(), 2).flatten(1)).relu();
    }
}
