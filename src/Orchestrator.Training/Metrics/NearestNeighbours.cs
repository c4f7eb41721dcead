using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics;

/// <summary>What sample quality measures by nearest neighbours need: squared distances, in blocks of rows that bound the memory.</summary>
internal static class NearestNeighbours
{
    private const int BlockRows = 500;

    /// <summary>Squared distance of each row to its k-th nearest other row.</summary>
    internal static Tensor SquaredRadii(Tensor rows, int k) => ByBlocks(rows, block =>
        SquaredDistances(block, rows).topk(k + 1, largest: false).values.select(1, k)); // the nearest is the row itself

    /// <summary>Calls a function with blocks of rows and joins what it gives, row by row.</summary>
    internal static Tensor ByBlocks(Tensor rows, Func<Tensor, Tensor> function)
    {
        var parts = new List<Tensor>();
        for (long start = 0; start < rows.shape[0]; start += BlockRows)
        {
            using var scope = NewDisposeScope();
            parts.Add(scope.MoveToOuter(function(rows.narrow(0, start, Math.Min(BlockRows, rows.shape[0] - start)))));
        }

        return cat(parts);
    }

    internal static Tensor SquaredDistances(Tensor x, Tensor y) =>
        (x.square().sum(1).unsqueeze(1) + y.square().sum(1).unsqueeze(0) - (2 * x.matmul(y.t()))).clamp(min: 0);
}
