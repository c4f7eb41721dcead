using System.Text;

namespace Orchestrator.Kubernetes.Tests.Chart;

/// <summary>The table of values in the chart's README, made from the comments in values.yaml.</summary>
internal static class ValuesTable
{
    private const int Indent = 2;

    /// <summary>Each value with a comment above it, as a row; and the names of those without.</summary>
    public static (string Table, IReadOnlyList<string> Undocumented) Of(string values)
    {
        var table = new StringBuilder("| value | default | what |\n|---|---|---|\n");
        var undocumented = new List<string>();
        var path = new List<string>();
        var comment = "";
        var lines = values.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var text = lines[i].Trim();
            if (text.StartsWith('#')) comment = text.TrimStart('#', ' ');
            if (text.Length == 0) comment = "";
            if (text.Length == 0 || text.StartsWith('#')) continue;
            var depth = (lines[i].Length - lines[i].TrimStart().Length) / Indent;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            path.RemoveRange(depth, path.Count - depth);
            path.Add(text[..colon]);
            var below = lines.Skip(i + 1).TakeWhile(l => l.StartsWith(new string(' ', (depth + 1) * Indent), StringComparison.Ordinal)).Select(l => l.Trim()).ToList();
            var value = text[(colon + 1)..].Trim();
            if (comment.Length > 0)
            {
                table.Append($"| `{string.Join('.', path)}` | `{(value.Length > 0 ? value : "{" + string.Join(", ", below) + "}")}` | {comment} |\n");
                i += value.Length > 0 ? 0 : below.Count;
            }
            else if (value.Length > 0)
            {
                undocumented.Add(string.Join('.', path));
            }
            comment = "";
        }
        return (table.ToString(), undocumented);
    }
}
