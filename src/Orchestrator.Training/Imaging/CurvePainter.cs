using System.Globalization;
using Orchestrator.Checkpoints.Manifests;

namespace Orchestrator.Training.Imaging;

/// <summary>Draws metrics over the epochs: a small diagram for each metric, with its largest and smallest value beside it.</summary>
internal static class CurvePainter
{
    private const int Columns = 2;
    private const int Margin = 10;
    private const int Left = 70;
    private const int Top = 20;
    private const int PlotWidth = 300;
    private const int PlotHeight = 110;
    private const int Bottom = 18;
    private const int FontScale = 2;
    private const byte Ink = 0;
    private const byte Frame = 160;

    /// <summary>Draws.</summary>
    /// <param name="history">Two epochs or more, in their order.</param>
    internal static Canvas Paint(IReadOnlyList<EpochMetrics> history)
    {
        string[] names = [.. history.SelectMany(epoch => epoch.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        const int cellWidth = Left + PlotWidth + Margin, cellHeight = Top + PlotHeight + Bottom;
        var canvas = new Canvas(Columns * cellWidth, (names.Length + Columns - 1) / Columns * cellHeight);
        for (var i = 0; i < names.Length; i++)
            Paint(canvas, i % Columns * cellWidth, i / Columns * cellHeight, names[i], Points(history, names[i]));
        return canvas;
    }

    private static List<(int Epoch, double Value)> Points(IReadOnlyList<EpochMetrics> history, string name) =>
        [.. history.Where(epoch => epoch.Metrics.TryGetValue(name, out var value) && double.IsFinite(value)).Select(epoch => (epoch.Epoch, epoch.Metrics[name]))];

    private static void Paint(Canvas canvas, int x, int y, string name, List<(int Epoch, double Value)> points)
    {
        var (left, top) = (x + Left, y + Top);
        canvas.Text(left, y + 6, name, FontScale, Ink);
        Box(canvas, left, top);
        if (points.Count == 0)
            return;
        var (low, high) = (points.Min(point => point.Value), points.Max(point => point.Value));
        var (first, last) = (points[0].Epoch, points[^1].Epoch);
        Number(canvas, left, top, high);
        Number(canvas, left, top + PlotHeight - (SmallFont.Height * FontScale), low);
        canvas.Text(left, top + PlotHeight + 4, Text(first), FontScale, Ink);
        canvas.Text(left + PlotWidth - (Text(last).Length * SmallFont.Advance * FontScale), top + PlotHeight + 4, Text(last), FontScale, Ink);
        var places = points.Select(point => (
            X: left + (int)Math.Round((double)(point.Epoch - first) / Math.Max(1, last - first) * PlotWidth),
            Y: top + PlotHeight - (int)Math.Round((high > low ? (point.Value - low) / (high - low) : 0.5) * PlotHeight))).ToList();
        foreach (var (from, to) in places.Zip(places.Skip(1)))
            canvas.Line(from, to, Ink);
    }

    private static void Box(Canvas canvas, int left, int top)
    {
        var (right, bottom) = (left + PlotWidth, top + PlotHeight);
        canvas.Line((left, top), (right, top), Frame);
        canvas.Line((right, top), (right, bottom), Frame);
        canvas.Line((right, bottom), (left, bottom), Frame);
        canvas.Line((left, bottom), (left, top), Frame);
    }

    /// <summary>Ends left of a diagram.</summary>
    private static void Number(Canvas canvas, int right, int top, double value)
    {
        var text = Text(value);
        canvas.Text(right - 4 - (text.Length * SmallFont.Advance * FontScale), top, text, FontScale, Ink);
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
