using Orchestrator.Tasks.Restoration;
using Orchestrator.Training;
using Orchestrator.Training.Data;

namespace Orchestrator.Tasks.Inpaint;

/// <summary>Fills a lost square of images. Pathak et al.: Context Encoders: Feature Learning by Inpainting, CVPR 2016, without the adversarial loss.</summary>
public sealed class InpaintTask() : RestorationTask<InpaintOptions>("inpaint", "Fills a lost square of images.")
{
    /// <inheritdoc/>
    private protected override IDamage DamageOf(InpaintOptions options, DataShape data)
    {
        if (options.HoleSize >= Math.Min(data.Input[1], data.Input[2]))
            throw new TrainingException(TrainingException.InvalidParameters, $"hole_size = {options.HoleSize} must be less than the sides of the images, {data.Input[1]} and {data.Input[2]}.");
        return new SquareHole(options.HoleSize);
    }
}
