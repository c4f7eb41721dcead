using System.Globalization;
using Orchestrator.Training;
using Orchestrator.Training.Data;
using static TorchSharp.torch;

namespace Orchestrator.Tasks;

/// <summary>The classes of samples of models whose condition is a class.</summary>
internal static class ClassPrompt
{
    /// <summary>Classes that a model is told: the dataset's, or 0 for none.</summary>
    /// <exception cref="TrainingException">The model shall be told classes, and there are none.</exception>
    internal static int Classes(bool conditional, DataShape data) => conditional && data.Classes == 0
        ? throw new TrainingException(TrainingException.InvalidParameters, "conditional = true needs a dataset with classes, which this one has not.")
        : conditional ? data.Classes : 0;

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
