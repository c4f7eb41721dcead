namespace Orchestrator.Search.Models;

/// <summary>One coordinate of a model's points.</summary>
/// <param name="IsOrdered">Whether it lies in [0, 1] and near means like; otherwise it is the index of a choice.</param>
/// <param name="Count">How many values it has; null: not finite.</param>
internal readonly record struct Axis(bool IsOrdered, int? Count);
