using Orchestrator.Tasks.Dcgan;
using Orchestrator.Tasks.Diffusion;
using Orchestrator.Tasks.Gan;
using Orchestrator.Tasks.Points2d;
using Orchestrator.Tasks.Points2dVae;
using Orchestrator.Tasks.Rnn;
using Orchestrator.Tasks.RnnRegression;
using Orchestrator.Tasks.Transformer;
using Orchestrator.Tasks.Vae;
using Orchestrator.Tasks.WganGp;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks;

/// <summary>The tasks that come with the product.</summary>
public static class TaskCatalog
{
    /// <summary>All of them, by name. Touching this loads no tensor library; only building a model does.</summary>
    public static TaskRegistry BuiltIn { get; } = new([
        new DcganTask(),
        new DiffusionTask(),
        new GanTask(),
        new Points2dTask(),
        new Points2dVaeTask(),
        new RnnRegressionTask(),
        new RnnTask(),
        new TransformerTask(),
        new VaeTask(),
        new WganGpTask(),
    ]);
}
