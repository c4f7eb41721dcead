namespace Orleans.Runtime;

/// <summary>Elements in a row. An empty batch that is not the last says that the caller should ask again.</summary>
internal sealed record StreamBatch<T>(IReadOnlyList<T> Elements, bool IsLast);
