using System.Globalization;
using Orchestrator.Training;
using static TorchSharp.torch;

namespace Orchestrator.Tasks;

/// <summary>The classes of samples of models whose condition is a class.</summary>
internal static class ClassPrompt
{
    /// <summary>All classes in turn, one for each sample.</summary>
    internal static Tensor InTurn(int count, int classes) => arange(count, ScalarType.Int64).remainder(Math.Max(1, classes));

    /// <summary>The class that a prompt names by its number, for each sample.</summary>
    /// <exception cref="TrainingException">It is no class of the model.</exception>
    internal static Tensor Parse(string prompt, int count, int classes)
    {
        if (int.TryParse(prompt, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < classes)
            return full([count], number, ScalarType.Int64);
        throw new TrainingException(TrainingException.InvalidParameters, classes == 0
            ? "The model takes no prompt: it was trained without classes."
            : $"The prompt '{prompt}' is no class: write a number from 0 to {classes - 1}.");
    }
}
