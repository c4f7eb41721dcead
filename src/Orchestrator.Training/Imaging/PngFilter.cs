namespace Orchestrator.Training.Imaging;

/// <summary>Undoes what makes the rows of a PNG file compress better: differences from the pixels to the left and above.</summary>
internal static class PngFilter
{
    /// <summary>Undoes a filter in place.</summary>
    /// <param name="filter">Its number.</param>
    /// <param name="row">The row.</param>
    /// <param name="above">The row above, undone already; zeros above the first one.</param>
    /// <param name="distance">Bytes from a pixel to the one on its left.</param>
    /// <exception cref="InvalidDataException">There is no such filter.</exception>
    internal static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var left = i >= distance ? row[i - distance] : 0;
            var corner = i >= distance ? above[i - distance] : 0;
            row[i] += (byte)(filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], corner),
                _ => throw new InvalidDataException($"it has an unknown filter, {filter}"),
            });
        }
    }

    /// <summary>Whichever is nearest to left + above - corner.</summary>
    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
