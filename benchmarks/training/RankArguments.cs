using System.Globalization;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Training.Benchmarks;

/// <summary>What a rank's process is told on its command line.</summary>
internal sealed record RankArguments(string Data, int Rank, IReadOnlyList<int> Ports, CollectiveKind Kind, int Epochs, int BatchSize, string Precision)
{
    internal const string Verb = "rank";

    internal static RankArguments Parse(IReadOnlyList<string> words) => new(
        words[1],
        int.Parse(words[2], CultureInfo.InvariantCulture),
        [.. words[3].Split(',').Select(port => int.Parse(port, CultureInfo.InvariantCulture))],
        Enum.Parse<CollectiveKind>(words[4]),
        int.Parse(words[5], CultureInfo.InvariantCulture),
        int.Parse(words[6], CultureInfo.InvariantCulture),
        words[7]);

    internal string[] ToWords() => [Verb, Data, $"{Rank}", string.Join(',', Ports), $"{Kind}", $"{Epochs}", $"{BatchSize}", Precision];
}
