using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Diffusion;

/// <summary>
/// Takes noise away in fewer steps than it was added in. Song et al.: Denoising Diffusion Implicit Models, ICLR 2021.
/// </summary>
/// <param name="schedule">How the noise was added.</param>
/// <param name="steps">Steps to take, at most as many as the schedule has.</param>
/// <param name="eta">Share of noise that is drawn anew at each step: 0 is deterministic, 1 is Ho et al. (NeurIPS 2020) if all steps are taken.</param>
internal sealed class DdimSampler(NoiseSchedule schedule, int steps, double eta)
{
    /// <summary>Turns noise into images from -1 to 1.</summary>
    /// <param name="start">Standard normal numbers, rows x channels x height x width.</param>
    /// <param name="noise">Draws what <c>eta</c> asks for.</param>
    /// <param name="predict">The noise that is in images, given the step they are at.</param>
    internal Tensor Sample(Tensor start, NoiseSource noise, Func<Tensor, int, Tensor> predict)
    {
        var images = start;
        for (var i = steps - 1; i >= 0; i--)
        {
            using var scope = NewDisposeScope();
            images = scope.MoveToOuter(Step(images, At(i), At(i - 1), noise, predict));
        }

        return images.clamp(-1, 1);
    }

    /// <summary>Steps in the middle of equal parts of the schedule: at its very end nothing can be told of the image.</summary>
    private int At(int i) => i < 0 ? -1 : (int)((i + 0.5) * schedule.Steps / steps);

    private Tensor Step(Tensor images, int from, int to, NoiseSource noise, Func<Tensor, int, Tensor> predict)
    {
        var (kept, next) = (schedule.Kept(from), schedule.Kept(to));
        var found = predict(images, from);
        var clean = ((images - (found * Math.Sqrt(1 - kept))) / Math.Sqrt(kept)).clamp(-1, 1);
        var direction = (images - (clean * Math.Sqrt(kept))) / Math.Sqrt(1 - kept); // the noise that fits the clamped image
        var deviation = eta * Math.Sqrt((1 - next) / (1 - kept) * (1 - (kept / next)));
        var result = (clean * Math.Sqrt(next)) + (direction * Math.Sqrt(Math.Max(0, 1 - next - (deviation * deviation))));
        return deviation > 0 ? result + (noise.Normal((int)images.shape[0], [.. images.shape.Skip(1)]) * deviation) : result;
    }
}
