namespace Orchestrator.Training.Engine;

/// <summary>Where a parameter lies in its network's flat tensors.</summary>
/// <param name="Name">Its name in the module.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Start">First element.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record ParameterSlot(string Name, IReadOnlyList<long> Shape, int Start, int Count);
