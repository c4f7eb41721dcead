using static TorchSharp.torch;

namespace Orchestrator.Training.Sampling;

/// <summary>Draws attention as maps: a row of maps for each layer (or step), a column for each head; in a map, a row is who looks, a column is where to.</summary>
internal static class AttentionPainter
{
    private const int ReadableWidth = 192;

    /// <summary>Draws the first row of a batch. Each line is as bright as its largest weight lets it be, for a weight of many is small.</summary>
    /// <param name="output">The file.</param>
    /// <param name="layers">Rows x heads x positions x positions each.</param>
    internal static string Write(string output, IReadOnlyList<Tensor> layers)
    {
        var maps = cat([.. layers.Select(layer => layer[0])]).cpu();
        var bright = maps / maps.amax(-1).unsqueeze(-1).clamp(min: 1e-9);
        var (heads, side) = ((int)layers[0].size(1), ((int)maps.size(1), (int)maps.size(2)));
        return PictureWriter.WriteInRows(output, side, heads, bright, ReadableWidth);
    }
}
