using System.Text.Json;
using Orchestrator.Domain.Parameters;

namespace Orchestrator.Coordinator.Submitting;

/// <summary>The parameters that a fork changes, as they come from outside.</summary>
public static class TrialChanges
{
    /// <summary>Reads one JSON object of plain values; nothing at all changes nothing.</summary>
    /// <returns>The fault; null: there is none.</returns>
    public static string? Fault(string changes)
    {
        if (changes.Length == 0) return null;
        try
        {
            ParameterSet.FromJson(changes);
            return null;
        }
        catch (JsonException e)
        {
            return $"The changed parameters are one JSON object of numbers, texts and flags: {e.Message}";
        }
    }
}
