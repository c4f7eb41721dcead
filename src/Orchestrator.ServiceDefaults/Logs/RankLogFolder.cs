using System.Globalization;

namespace Orchestrator.ServiceDefaults.Logs;

/// <summary>
/// The logs of a trial's ranks: a folder beside its checkpoints, which workers and coordinators reach alike, so that a log outlives its worker.
/// Each attempt of a rank writes segments one after another and keeps the newest ones.
/// </summary>
public static class RankLogFolder
{
    /// <summary>The longest segment, in bytes.</summary>
    public const int SegmentBytes = 1 << 20;

    /// <summary>How many segments an attempt of a rank keeps.</summary>
    public const int Segments = 2;

    /// <summary>How many attempts of a rank are kept.</summary>
    public const int Attempts = 3;

    /// <summary>The longest message, in characters; what is longer is cut.</summary>
    public const int MessageLength = 8192;

    /// <summary>The folder of a trial's logs.</summary>
    /// <param name="experimentFolder">The path of the folder of the experiment's checkpoints.</param>
    /// <param name="trial">The trial's number.</param>
    public static string Of(string experimentFolder, int trial) => Path.Combine(experimentFolder, NameOf(trial));

    /// <summary>The name of the folder of a trial's logs in its experiment's.</summary>
    public static string NameOf(int trial) => $"logs/trial-{trial}";

    /// <summary>What the names of a rank's segments begin with.</summary>
    public static string PrefixOf(int rank) => $"rank-{rank}.";

    /// <summary>The attempt that a segment is of, by its name; null: it is none of this rank's.</summary>
    public static int? AttemptOf(string name, int rank) => name.StartsWith(PrefixOf(rank), StringComparison.Ordinal) ? Parse(name[PrefixOf(rank).Length..])?.Attempt : null;

    /// <summary>The path of a segment.</summary>
    public static string PathOf(string folder, int rank, int attempt, int segment) => Path.Combine(folder, $"rank-{rank}.{attempt:D5}.{segment:D5}.log");

    /// <summary>The segments of a rank that are there, oldest first.</summary>
    public static IReadOnlyList<(int Attempt, int Segment)> List(string folder, int rank)
    {
        if (!Directory.Exists(folder)) return [];
        var prefix = PrefixOf(rank);
        return [.. Directory.EnumerateFiles(folder, prefix + "*.log").Select(path => Parse(Path.GetFileName(path)[prefix.Length..])).OfType<(int Attempt, int Segment)>().Order()];
    }

    private static (int Attempt, int Segment)? Parse(string rest) =>
        rest.Split('.') is [var attempt, var segment, "log"]
        && int.TryParse(attempt, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
        && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? (a, s) : null;
}
