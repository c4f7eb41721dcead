using System.Runtime.InteropServices;
using Orchestrator.Domain.Specs;
using Orchestrator.Tasks.Text2Image;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Tests;

public sealed class Text2ImageTests
{
    [Theory]
    [InlineData("a seven", 1, 14)]
    [InlineData("Two zeros.", 9, 17)]
    [InlineData("the number 6", 4, 6)]
    public void Of_ACaption_NumbersItsWords(string caption, long first, long second)
    {
        var tokens = CaptionTokens.Of(caption);
        Assert.Equal(CaptionTokens.Length, tokens.Length);
        Assert.Equal((first, second), (tokens[0], tokens[1]));
        Assert.Equal(0, tokens[^1]);
    }

    [Theory]
    [InlineData("a cat", "The prompt has unknown words: cat.")]
    [InlineData("", "The prompt '' has 0 words; write 1 to 6, such as 'a seven' or 'two zeros'.")]
    [InlineData("a one and a two and a three", "The prompt 'a one and a two and a three' has 8 words;")]
    public void Of_WhatIsNoCaption_SaysWhy(string caption, string message) =>
        Assert.StartsWith(message, Assert.Throws<TrainingException>(() => CaptionTokens.Of(caption)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(8, null, "an eight")]
    [InlineData(6, 6, "two sixes")]
    [InlineData(3, 8, "a three and an eight")]
    public void Captions_OfDigits_AreEnglish(int left, int? right, string caption) =>
        Assert.Equal(caption, right is { } second ? Captions.OfTwo(left, second) : Captions.OfOne(left));

    [Fact]
    public void CopyRows_OfARowWithTwoDigits_HasBothAtHalfTheirWidth()
    {
        var digits = DatasetCatalog.Open(new DatasetSpec("mnist", Trials.Digits)).Validation;
        var captioned = new CaptionedDigits(digits);
        var rows = Enumerable.Range(0, 200).Where(row => captioned.Describe(row).Partner is not null).ToList();
        Assert.InRange(rows.Count, 105, 160); // two thirds of them
        var (partner, caption) = captioned.Describe(rows[0]);
        var (image, tokens) = Read(captioned, rows[0], CaptionTokens.Length);
        var (left, right) = (Read(digits, rows[0], 1), Read(digits, partner!.Value, 1));
        Assert.Equal(CaptionTokens.Of(caption), tokens);
        Assert.Contains(Captions.Names[(int)left.Label[0]], caption, StringComparison.Ordinal);
        Assert.Contains(Captions.Names[(int)right.Label[0]], caption, StringComparison.Ordinal);
        for (var i = 0; i < 28 * 28; i++)
        {
            var (y, x) = (i / 28, i % 28);
            var source = x < 14 ? left.Image : right.Image;
            var start = (y * 28) + (x % 14 * 2);
            Assert.Equal((source[start] + source[start + 1]) / 2, image[i], 1e-6);
        }
    }

    [Fact]
    public void Call_OfTheEncoder_TellsLeftFromRight()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var encoder = LibraryGenerator.Draw(1, () => new TextEncoder(8));
        encoder.eval();
        var tokens = tensor((long[])[.. CaptionTokens.Of("a three and a four"), .. CaptionTokens.Of("a four and a three")], 2, CaptionTokens.Length);
        var read = encoder.call(tokens);
        Assert.Equal([2, CaptionTokens.Length, 8], read.shape);
        Assert.True((read[0] - read[1]).abs().amax([-1]).min().item<float>() > 1e-3); // every word knows of the others
    }

    private static (float[] Image, long[] Label) Read(IDataset data, int row, int labels)
    {
        var (image, label) = (new float[data.Inputs.Elements], new long[labels]);
        data.CopyRows([row], MemoryMarshal.AsBytes(image.AsSpan()), MemoryMarshal.AsBytes(label.AsSpan()));
        return (image, label);
    }
}
