using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Orchestrator.Protocol;

namespace Orchestrator.Cli.Output;

/// <summary>Curves as a picture that every browser shows: one below the other, each over its own steps and values.</summary>
internal static class CurveSvg
{
    private const int Width = 760;
    private const int Top = 40;
    private const int PanelHeight = 220;
    private const int Left = 90;
    private const int PlotWidth = Width - Left - 20;
    private const int PlotHeight = PanelHeight - 70;
    private const string Line = "#3366cc";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws them.</summary>
    /// <param name="title">What stands above.</param>
    /// <param name="curves">Each with at least one point, by step. Where a value is not a number or infinite its line is broken.</param>
    public static XElement Of(string title, IReadOnlyList<Curve> curves)
    {
        var height = Top + curves.Count * PanelHeight;
        return new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {height}"), new XAttribute("width", Width), new XAttribute("height", height),
            new XAttribute("font-family", "sans-serif"), new XAttribute("font-size", 12),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "white")),
            Text(Left, 26, title, "start", 16),
            curves.Select((curve, i) => Panel(curve, Top + i * PanelHeight)));
    }

    private static XElement Panel(Curve curve, int top)
    {
        var (plot, bottom) = (top + 30, top + 30 + PlotHeight);
        var finite = curve.Values.Where(double.IsFinite).DefaultIfEmpty().ToList();
        var (low, high) = (finite.Min(), finite.Max());
        return new XElement(
            Svg + "g",
            Text(Left, top + 20, curve.Metric, "start", 14),
            Text(Left - 8, plot + 10, Number(high), "end"),
            Text(Left - 8, bottom, Number(low), "end"),
            Text(Left, bottom + 18, $"step {curve.Steps[0]}", "start"),
            Text(Left + PlotWidth, bottom + 18, $"{curve.Steps[^1]}", "end"),
            new XElement(Svg + "path", new XAttribute("d", $"M{Left} {plot}V{bottom}H{Left + PlotWidth}"), new XAttribute("fill", "none"), new XAttribute("stroke", "#999999")),
            new XElement(Svg + "path", new XAttribute("d", Path(curve, plot, low, high)), new XAttribute("fill", "none"), new XAttribute("stroke", Line), new XAttribute("stroke-linecap", "round"), new XAttribute("stroke-width", 1.5)));
    }

    private static string Path(Curve curve, int top, double low, double high)
    {
        var path = new StringBuilder();
        var (first, span) = (curve.Steps[0], Math.Max(1, curve.Steps[^1] - curve.Steps[0]));
        var isBroken = true;
        for (var i = 0; i < curve.Steps.Count; i++)
        {
            if (!double.IsFinite(curve.Values[i]))
            {
                isBroken = true;
                continue;
            }
            var x = Left + PlotWidth * ((curve.Steps[i] - first) / (double)span);
            var share = high > low ? (curve.Values[i] / 2 - low / 2) / (high / 2 - low / 2) : 0.5; // halves: the whole range may be infinite
            path.Append(CultureInfo.InvariantCulture, $"{(isBroken ? 'M' : 'L')}{x:0.#} {top + PlotHeight * (1 - share):0.#}");
            if (isBroken) path.Append("h0"); // a point between two gaps is seen, as a dot
            isBroken = false;
        }
        return path.ToString();
    }

    private static XElement Text(int x, int y, string text, string anchor, int size = 12) => new(
        Svg + "text", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("text-anchor", anchor), new XAttribute("font-size", size), new XAttribute("fill", "#333333"),
        string.Concat(text.Select(c => char.IsControl(c) || c is '\uFFFE' or '\uFFFF' ? '?' : c))); // what XML can't hold

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
