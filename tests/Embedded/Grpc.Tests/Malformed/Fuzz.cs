using System.Globalization;

namespace Grpc.Tests.Malformed;

/// <summary>
/// Runs an action with seeded randomness again and again: for a few seconds, or as many as GRPC_FUZZ_SECONDS says (CI: 60). The seed is
/// GRPC_FUZZ_SEED, 1 by default, and every failure names the round's own.
/// </summary>
internal static class Fuzz
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(Read("GRPC_FUZZ_SECONDS", 2));

    public static async Task RunAsync(Func<Random, Task> round)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var seed = Read("GRPC_FUZZ_SEED", 1); TimeProvider.System.GetElapsedTime(start) < Length; seed++)
        {
            try
            {
                await round(new Random(seed)).WaitAsync(GrpcHost.Patience);
            }
            catch (Exception e)
            {
                Assert.Fail($"GRPC_FUZZ_SEED={seed}: {e}");
            }
        }
    }

    /// <summary>Flips, drops, doubles or inserts a few bytes.</summary>
    public static byte[] Mutate(Random random, ReadOnlySpan<byte> bytes)
    {
        var mutated = new List<byte>(bytes.ToArray());
        for (var i = random.Next(4); i > 0 && mutated.Count > 0; i--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(4))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated.RemoveRange(at, Math.Min(random.Next(1, 8), mutated.Count - at));
                    break;
                case 2:
                    mutated.InsertRange(at, mutated.GetRange(at, Math.Min(random.Next(1, 8), mutated.Count - at)));
                    break;
                default:
                    mutated.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. mutated];
    }

    private static int Read(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
