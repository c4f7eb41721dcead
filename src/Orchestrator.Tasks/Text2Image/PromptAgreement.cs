using Orchestrator.Training.Metrics.Digits;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Orchestrator.Tasks.Text2Image;

/// <summary>Whether images show the digits that they were asked to, as the digit classifier sees it: both, where they are two.</summary>
/// <param name="reader">The classifier.</param>
internal sealed class PromptAgreement(DigitReader reader) : IDisposable
{
    internal const string OfAll = "validation_agreement";
    internal const string OfOne = "validation_agreement_one";
    internal const string OfTwo = "validation_agreement_two";

    /// <summary>The prompts that samples are made of in turn: each digit alone, each twice, and each with another one.</summary>
    internal static IReadOnlyList<(int Left, int? Right)> Prompts { get; } =
    [
        .. Enumerable.Range(0, 10).Select(digit => (digit, (int?)null)),
        .. Enumerable.Range(0, 10).Select(digit => (digit, (int?)digit)),
        .. Enumerable.Range(0, 10).Select(digit => (digit, (int?)((digit + 3) % 10))),
    ];

    /// <summary>The names of what is reported.</summary>
    internal static IReadOnlyList<string> MetricNames { get; } = [OfAll, OfOne, OfTwo];

    /// <summary>The tokens of the prompts of some samples: rows x words.</summary>
    internal static Tensor Tokens(int count) => tensor(
        Enumerable.Range(0, count).Select(i => Prompts[i % Prompts.Count]).SelectMany(prompt =>
            CaptionTokens.Of(prompt.Right is { } right ? Captions.OfTwo(prompt.Left, right) : Captions.OfOne(prompt.Left))).ToArray(),
        count,
        CaptionTokens.Length);

    /// <summary>Judges samples of <see cref="Tokens"/>, at least one of each kind.</summary>
    internal void Report(SampleJudgement judgement, Tensor images)
    {
        using var scope = NewDisposeScope();
        var half = images.shape[^1] / 2;
        var whole = reader.Read(images.cpu()).data<long>().ToArray();
        var left = reader.Read(Widened(images.narrow(3, 0, half))).data<long>().ToArray();
        var right = reader.Read(Widened(images.narrow(3, half, half))).data<long>().ToArray();
        var agreed = Enumerable.Range(0, whole.Length)
            .Select(i => (Prompt: Prompts[i % Prompts.Count], i))
            .Select(entry => (
                IsOne: entry.Prompt.Right is null,
                Agrees: entry.Prompt.Right is { } second ? left[entry.i] == entry.Prompt.Left && right[entry.i] == second : whole[entry.i] == entry.Prompt.Left))
            .ToList();
        judgement.Report(OfAll, Share(agreed.Select(entry => entry.Agrees)));
        judgement.Report(OfOne, Share(agreed.Where(entry => entry.IsOne).Select(entry => entry.Agrees)));
        judgement.Report(OfTwo, Share(agreed.Where(entry => !entry.IsOne).Select(entry => entry.Agrees)));
    }

    public void Dispose() => reader.Dispose();

    /// <summary>Back to the width that the classifier knows.</summary>
    private static Tensor Widened(Tensor halves) =>
        F.interpolate(halves.cpu(), [halves.shape[2], 2 * halves.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false);

    private static double Share(IEnumerable<bool> agreed) => agreed.Average(agrees => agrees ? 1.0 : 0);
}
