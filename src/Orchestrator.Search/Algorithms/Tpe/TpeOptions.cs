namespace Orchestrator.Search.Algorithms.Tpe;

/// <summary>The constants of the Parzen estimators; compare them on synthetic functions with benchmarks/search.</summary>
internal sealed record TpeOptions
{
    /// <summary>Trials drawn at random before the first model.</summary>
    public int Startup { get; init; } = 6;

    /// <summary>And until so many of them have finished.</summary>
    public int StartupFinished { get; init; } = 2;

    /// <summary>How much a running trial counts among the poor ones.</summary>
    public double RunningWeight { get; init; } = 0.1;

    /// <summary>The share of finished trials that count as good.</summary>
    public double GoodShare { get; init; } = 0.15;

    /// <summary>The most trials that count as good.</summary>
    public int MostGood { get; init; } = 25;

    /// <summary>The most poor trials that the model looks at.</summary>
    public int MostPoor { get; init; } = 128;

    /// <summary>Draws from the good density that compete.</summary>
    public int Candidates { get; init; } = 32;

    /// <summary>The width of a kernel for one point.</summary>
    public double Width { get; init; } = 0.1;

    /// <summary>How often a kernel for one point changes a choice.</summary>
    public double Change { get; init; } = 0.4;

    /// <summary>The weight of the flat kernel.</summary>
    public double PriorWeight { get; init; } = 1;
}
