using Orchestrator.Training.Data;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks.Vae;

/// <summary>
/// A variational autoencoder of images. Kingma and Welling: Auto-Encoding Variational Bayes, ICLR 2014;
/// beta as in Higgins et al.: beta-VAE, ICLR 2017.
/// </summary>
public sealed class VaeTask() : TrainingTask<VaeOptions>(
    "vae",
    "Variational autoencoder of images, dense or convolutional.",
    networks: [""],
    validationMetrics: [VaeModel.ValidationElbo, VaeModel.ValidationLoss],
    datasetKinds: [DatasetCatalog.Mnist])
{
    /// <inheritdoc/>
    protected override ITaskModel Build(VaeOptions options, DataShape data) => new VaeModel(options, data);
}
