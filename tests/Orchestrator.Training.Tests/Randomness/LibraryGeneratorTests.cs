using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Tests.Randomness;

/// <summary>Not beside others that draw from the library's generator: it belongs to the process.</summary>
[Collection(nameof(LibraryGenerator))]
public sealed class LibraryGeneratorTests
{
    [Fact]
    public async Task Draw_WhileAnotherThreadSeeds_GivesTheSameValues()
    {
        var expected = LibraryGenerator.Draw(11, Values);
        using var done = new CancellationTokenSource();
        var other = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                LibraryGenerator.Seed(12);
        });
        for (var i = 0; i < 200; i++)
            Assert.Equal(expected, LibraryGenerator.Draw(11, Values));
        await done.CancelAsync();
        await other.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static float[] Values()
    {
        var values = new float[64];
        for (var i = 0; i < values.Length; i++)
        {
            using var value = rand(1);
            values[i] = value.item<float>();
        }

        return values;
    }
}
