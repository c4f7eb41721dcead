namespace Orchestrator.Training.Data.Sound;

/// <summary>Samples as numbers of few levels, which lie closer where sounds are quiet. ITU-T G.711, with any number of levels.</summary>
/// <param name="levels">How many, 2 or more.</param>
public sealed class MuLaw(int levels)
{
    private readonly double _scale = Math.Log(levels);

    /// <summary>The level of silence.</summary>
    public int Silence => Encode(0);

    /// <summary>The level of a sample.</summary>
    /// <param name="sample">From -1 to 1; others are clipped.</param>
    /// <returns>0 to levels - 1.</returns>
    public int Encode(float sample)
    {
        var size = Math.Log(1 + ((levels - 1) * Math.Min(1.0, Math.Abs(sample)))) / _scale;
        return (int)Math.Round((Math.CopySign(size, sample) + 1) / 2 * (levels - 1));
    }

    /// <summary>The sample that a level stands for.</summary>
    public float Decode(int level)
    {
        var size = (2.0 * level / (levels - 1)) - 1;
        return (float)Math.CopySign((Math.Exp(Math.Abs(size) * _scale) - 1) / (levels - 1), size);
    }
}
