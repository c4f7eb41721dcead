namespace Orchestrator.Training.Data.Sound;

/// <summary>How a note sounds.</summary>
public enum Instrument
{
    /// <summary>The fundamental alone.</summary>
    Flute,

    /// <summary>The fundamental, its octaves and its fifth, steady.</summary>
    Organ,

    /// <summary>All harmonics, slowly beginning.</summary>
    Strings,

    /// <summary>The odd harmonics.</summary>
    Clarinet,

    /// <summary>All harmonics, the higher ones fading sooner.</summary>
    Harp,
}
