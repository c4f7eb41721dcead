namespace Orchestrator.Specs.Reading;

/// <summary>Finds the name that a misspelt one was likely meant to be.</summary>
internal static class Suggestion
{
    /// <summary>Gives <c> — did you mean 'name'?</c>, or a list of the names there are, or nothing where there are none.</summary>
    public static string For(string name, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0) return "";
        var (closest, distance) = known.Select(k => (k, Distance(name, k))).MinBy(p => p.Item2);
        return distance <= Math.Max(1, Math.Min(name.Length, closest.Length) / 3)
            ? $" — did you mean '{closest}'?"
            : $"; there are: {string.Join(", ", known)}.";
    }

    /// <summary>Single-letter edits and swaps of neighbours between two names. Damerau, 1964 (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 8) return int.MaxValue;
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[left.Length, right.Length];
    }
}
