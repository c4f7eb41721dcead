using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Vae;

/// <summary>
/// A variational autoencoder of images. Kingma and Welling: Auto-Encoding Variational Bayes, ICLR 2014;
/// beta as in Higgins et al.: beta-VAE, ICLR 2017; of a class each as in Sohn et al.: Learning Structured Output Representation using Deep
/// Conditional Generative Models, NIPS 2015.
/// </summary>
public sealed class VaeTask() : TrainingTask<VaeOptions>(
    "vae",
    "Variational autoencoder of images, dense or convolutional.",
    networks: [""],
    validationMetrics: [VaeModel.ValidationElbo, VaeModel.ValidationLoss],
    datasetKinds: DatasetCatalog.Kinds)
{
    /// <inheritdoc/>
    protected override ITaskModel Build(VaeOptions options, DataShape data) => new VaeModel(options, data);
}
