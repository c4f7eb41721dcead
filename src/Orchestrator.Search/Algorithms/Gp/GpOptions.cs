namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>The constants of the Gaussian process search; compare them on synthetic functions with benchmarks/search.</summary>
internal sealed record GpOptions
{
    /// <summary>Trials drawn at random before the first model.</summary>
    public int Startup { get; init; } = 8;

    /// <summary>The most finished trials that the model holds.</summary>
    public int MostPoints { get; init; } = 200;

    /// <summary>The most of them that its parameters are fitted to.</summary>
    public int MostFitted { get; init; } = 80;

    /// <summary>The most running trials that the model holds, the newest.</summary>
    public int MostRunning { get; init; } = 64;

    /// <summary>Draws of what they may give.</summary>
    public int Fantasies { get; init; } = 16;

    /// <summary>How far its axes may be bent: the deviation of the logarithms of the exponents; 0: not at all.</summary>
    public double Bending { get; init; }

    /// <summary>Random points that compete for the start of a climb.</summary>
    public int Candidates { get; init; } = 400;

    /// <summary>The best of them, from which it climbs.</summary>
    public int Climbs { get; init; } = 4;
}
