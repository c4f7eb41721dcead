using static TorchSharp.torch;

namespace Orchestrator.Training.Randomness;

/// <summary>
/// The tensor library's generator, which the whole process shares. Ranks that run as threads of one process must not seed it
/// while another draws its initial weights.
/// </summary>
internal static class LibraryGenerator
{
    private static readonly Lock Gate = new();

    /// <summary>Seeds the generator, for what the library draws in a step (dropout).</summary>
    internal static void Seed(long seed)
    {
        lock (Gate)
            manual_seed(seed);
    }

    /// <summary>What <paramref name="draw"/> makes from a generator freshly seeded, whatever other threads do.</summary>
    internal static T Draw<T>(long seed, Func<T> draw)
    {
        lock (Gate)
        {
            manual_seed(seed);
            return draw();
        }
    }
}
