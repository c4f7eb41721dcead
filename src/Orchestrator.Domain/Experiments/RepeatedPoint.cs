using Orchestrator.Domain.Parameters;

namespace Orchestrator.Domain.Experiments;

/// <summary>The repeats of one point, with different seeds.</summary>
/// <param name="first">Its first trial.</param>
/// <param name="parameters">The point.</param>
internal sealed class RepeatedPoint(int first, ParameterSet parameters)
{
    private readonly SortedDictionary<int, double?> _ended = [];

    public int First { get; } = first;

    public ParameterSet Parameters { get; } = parameters;

    /// <summary>Repeats begun.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no further repeat comes.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Where the first of them that was stopped early was stopped, in epochs; null: none was.</summary>
    public int? StoppedAt { get; private set; }

    /// <summary>Whether all there will be have ended.</summary>
    public bool IsOver => IsClosed && _ended.Count == Count;

    /// <summary>The mean of their best values; null where none has one.</summary>
    public double? Mean => _ended.Values.Average();

    public void Begin() => Count++;

    /// <summary>A repeat has ended, or ended again after a person went on with it.</summary>
    public void End(int trial, double? best, int? stoppedAt)
    {
        _ended[trial] = best;
        StoppedAt ??= stoppedAt;
        if (stoppedAt is not null) IsClosed = true; // not worth another repeat
    }
}
