using Orchestrator.Cli.Output;
using Orchestrator.Protocol;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestrator.Cli.Progress;

/// <summary>The picture of an experiment in a terminal.</summary>
internal static class TrialTable
{
    private const int LinesBesideRows = 9;
    private const int MinRows = 4;
    private const int ColumnGap = 3;
    private const int EdgeWidth = 1;
    private const int NarrowWidth = 100;
    private const int NarrowTitle = 12;

    /// <summary>Draws headline, trials and footer.</summary>
    /// <param name="view">The experiment; null before the first update.</param>
    /// <param name="notes">The newest notes.</param>
    /// <param name="elapsed">Since the display began.</param>
    /// <param name="profile">The terminal's size: more trials than it has lines are left out, those that run last of all.</param>
    public static IRenderable Render(ExperimentView? view, IReadOnlyList<string> notes, TimeSpan elapsed, Profile profile)
    {
        var parts = new List<IRenderable>();
        if (view is null)
        {
            parts.Add(new Text($"Starting... {Format.Duration(elapsed.TotalSeconds)}"));
        }
        else
        {
            parts.Add(new Text(ExperimentText.Headline(view.Experiment), new Style(decoration: Decoration.Bold)));
            parts.Add(Table(view, Math.Max(MinRows, profile.Height - LinesBesideRows - notes.Count), profile.Width, out var hidden));
            parts.Add(new Text(Footer(view, elapsed, hidden)));
        }
        parts.AddRange(notes.Select(note => new Text(Format.Line(note, 500), new Style(Color.Yellow))));
        return new Rows(parts);
    }

    /// <summary>The table alone, with every trial.</summary>
    /// <param name="view">The experiment.</param>
    /// <param name="width">Characters of a line.</param>
    public static Table Table(ExperimentView view, int width) => Table(view, int.MaxValue, width, out _);

    private static Table Table(ExperimentView view, int rows, int width, out int hidden)
    {
        var shown = Choose(view, rows);
        hidden = view.Trials.Count - shown.Count;
        var columns = Columns(view, shown, narrow: width < NarrowWidth);
        var left = width - EdgeWidth - columns.Sum(column => ColumnGap + (column.IsCut ? 0 : column.Width(shown)));

        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            var header = new TableColumn(new Text(column.Title)).NoWrap();
            table.AddColumn(column.IsRight ? header.RightAligned() : header);
        }
        foreach (var trial in shown) table.AddRow(columns.Select(column => Cell(column, trial, left)));
        return table;
    }

    private static Text Cell(TrialColumn column, Trial trial, int left)
    {
        var text = column.Of(trial);
        return new Text(column.IsCut ? Format.Line(text, Math.Max(column.Title.Length, left)) : text, column.Style(trial));
    }

    private static List<TrialColumn> Columns(ExperimentView view, IReadOnlyCollection<Trial> shown, bool narrow)
    {
        var parameters = new ParameterText(shown);
        var metric = view.Experiment.Metric;
        var ofBest = (Trial trial) => trial.Number == view.Experiment.BestTrial ? new Style(decoration: Decoration.Bold) : Style.Plain;
        List<TrialColumn> columns =
        [
            new("trial", trial => (trial.Number == view.Experiment.BestTrial ? "* " : "") + trial.Number) { IsRight = true, Style = ofBest },
            new("state", trial => TrialText.State(trial, view.Experiment.WorldSize)) { Style = trial => new Style(StateColour(trial.Status)) },
            new("parameters", parameters.Of) { IsCut = true },
            new("epoch", TrialText.Epoch) { IsRight = true },
            new("loss", TrialText.Loss) { IsRight = true },
            new(narrow ? Format.Line(metric, NarrowTitle) : metric, trial => TrialText.Metric(trial, metric)) { IsRight = true, Style = ofBest },
        ];
        if (!narrow) columns.Add(new("samples/s", TrialText.Speed) { IsRight = true });
        columns.Add(new("ETA", TrialText.Eta) { IsRight = true });
        return columns;
    }

    /// <summary>The best, those that run or wait, and then the newest, in the order of number.</summary>
    private static List<Trial> Choose(ExperimentView view, int rows) =>
    [
        .. view.Trials
            .OrderByDescending(trial => trial.Status == TrialStatus.Running)
            .ThenByDescending(trial => trial.Number == view.Experiment.BestTrial)
            .ThenByDescending(trial => trial.Number)
            .Take(rows)
            .OrderBy(trial => trial.Number),
    ];

    private static Color StateColour(string status) => status switch
    {
        TrialStatus.Running => Color.Blue,
        TrialStatus.Completed => Color.Green,
        TrialStatus.Stopped => Color.Yellow,
        TrialStatus.Failed => Color.Red,
        _ => Color.Grey,
    };

    private static string Footer(ExperimentView view, TimeSpan elapsed, int hidden)
    {
        var parts = new List<string> { Format.Duration(elapsed.TotalSeconds), ExperimentText.Counts(view.Trials) };
        if (hidden > 0) parts.Add($"{hidden} not shown");
        if (ExperimentText.Best(view) is { } best) parts.Add(best);
        if (view.Trials.FirstOrDefault(trial => trial is { Status: TrialStatus.Waiting, WaitsFor.Length: > 0 }) is { } waiting)
        {
            parts.Add($"trial {waiting.Number} waits: {waiting.WaitsFor}");
        }
        else if (view.Experiment.Waiting is { } next && view.Trials.All(trial => trial.Status != TrialStatus.Running))
        {
            parts.Add(next.Text);
        }
        return string.Join("  |  ", parts.Where(part => part.Length > 0));
    }
}
