namespace Orchestrator.Tasks.Style;

/// <summary>The picture whose style is transferred.</summary>
public enum StylePattern
{
    /// <summary>Diagonal stripes.</summary>
    Stripes,

    /// <summary>A chessboard.</summary>
    Checks,

    /// <summary>Round dots.</summary>
    Dots,

    /// <summary>Waves from left to right.</summary>
    Waves,
}
