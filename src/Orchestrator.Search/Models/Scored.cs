namespace Orchestrator.Search.Models;

/// <summary>A trial as a model of scores sees it.</summary>
/// <param name="Point">Where it is.</param>
/// <param name="Score">The normal quantile of its rank; less is better.</param>
/// <param name="Noise">The variance of the score, where it is a forecast.</param>
internal readonly record struct Scored(double[] Point, double Score, double Noise);
