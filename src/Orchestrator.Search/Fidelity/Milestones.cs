namespace Orchestrator.Search.Fidelity;

/// <summary>The epochs at which trials are compared: 1, 2, 3, 4, 6, 8, 11, 16, … each about the root of 2 times the one before, so that a trial's curve is kept in a few numbers.</summary>
internal static class Milestones
{
    private static readonly int[] Epochs = Make();

    /// <summary>How many milestones lie at or before an epoch.</summary>
    public static int CountAt(int epoch)
    {
        var index = Array.BinarySearch(Epochs, epoch);
        return index >= 0 ? index + 1 : ~index;
    }

    private static int[] Make()
    {
        var epochs = new List<int>();
        for (var exponent = 0; exponent < 61; exponent++)
        {
            var epoch = (int)Math.Round(Math.Pow(2, exponent / 2.0));
            if (epochs.Count == 0 || epoch > epochs[^1]) epochs.Add(epoch);
        }
        return [.. epochs];
    }
}
