using Orchestrator.Tasks.Audio;
using Orchestrator.Tasks.AudioDenoise;
using Orchestrator.Tasks.AudioVae;
using Orchestrator.Tasks.Dcgan;
using Orchestrator.Tasks.Denoise;
using Orchestrator.Tasks.Diffusion;
using Orchestrator.Tasks.Gan;
using Orchestrator.Tasks.Inpaint;
using Orchestrator.Tasks.Points2d;
using Orchestrator.Tasks.Points2dVae;
using Orchestrator.Tasks.Rnn;
using Orchestrator.Tasks.RnnRegression;
using Orchestrator.Tasks.Style;
using Orchestrator.Tasks.Superres;
using Orchestrator.Tasks.Text2Image;
using Orchestrator.Tasks.Transformer;
using Orchestrator.Tasks.Translate;
using Orchestrator.Tasks.Vae;
using Orchestrator.Tasks.WganGp;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Tasks;

/// <summary>The tasks that come with the product.</summary>
public static class TaskCatalog
{
    /// <summary>All of them, by name. Touching this loads no tensor library; only building a model does.</summary>
    public static TaskRegistry BuiltIn { get; } = new([
        new AudioDenoiseTask(),
        new AudioTask(),
        new AudioVaeTask(),
        new DcganTask(),
        new DenoiseTask(),
        new DiffusionTask(),
        new GanTask(),
        new InpaintTask(),
        new Points2dTask(),
        new Points2dVaeTask(),
        new RnnRegressionTask(),
        new RnnTask(),
        new StyleTask(),
        new SuperresTask(),
        new Text2ImageTask(),
        new TransformerTask(),
        new TranslateTask(),
        new VaeTask(),
        new WganGpTask(),
    ]);
}
