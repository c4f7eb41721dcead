namespace Orchestrator.Kubernetes.Client;

/// <summary>Which objects of a kind.</summary>
/// <param name="Namespace">Those of a namespace; null: of all, or of a kind that has none.</param>
/// <param name="Labels">A label selector; null: any.</param>
/// <param name="Fields">A field selector; null: any.</param>
internal sealed record Selection(string? Namespace, string? Labels = null, string? Fields = null)
{
    /// <summary>As the query of a list or watch.</summary>
    public string Query()
    {
        var query = "";
        if (Labels is not null) query += $"&labelSelector={Uri.EscapeDataString(Labels)}";
        if (Fields is not null) query += $"&fieldSelector={Uri.EscapeDataString(Fields)}";
        return query;
    }
}
