using Orchestrator.Search.Models;

namespace Orchestrator.Search.Algorithms.Gp;

/// <summary>What a Gaussian process learns from. Values are taken to have mean 0 and variance near 1.</summary>
/// <param name="Axes">The axes of the points.</param>
/// <param name="Points">Where it was observed.</param>
/// <param name="Values">What was observed there.</param>
/// <param name="Noise">The variance of each observation, beside the noise that all share.</param>
internal sealed record GpData(Axis[] Axes, double[][] Points, double[] Values, double[] Noise);
