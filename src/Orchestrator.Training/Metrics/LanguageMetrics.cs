namespace Orchestrator.Training.Metrics;

/// <summary>How well a language model foretells a text: the mean negative logarithm of the probability that it gave each character, in three units.</summary>
public static class LanguageMetrics
{
    /// <summary>
    /// The number of equally likely characters that would be as hard to foretell.
    /// Jelinek, Mercer, Bahl, Baker: Perplexity, a Measure of the Difficulty of Speech Recognition Tasks, 1977.
    /// </summary>
    /// <param name="natsPerCharacter">Mean negative log-likelihood, 0 or more.</param>
    /// <returns>1 (certain) or more.</returns>
    public static double Perplexity(double natsPerCharacter) => Math.Exp(natsPerCharacter);

    /// <summary>Bits that an ideal coder with this model needs for a character. Shannon: Prediction and Entropy of Printed English, 1951.</summary>
    /// <param name="natsPerCharacter">Mean negative log-likelihood, 0 or more.</param>
    public static double BitsPerCharacter(double natsPerCharacter) => natsPerCharacter / Math.Log(2);
}
