namespace Orleans;

/// <summary>A state on its way to or from storage.</summary>
public interface IGrainState<T>
{
    T State { get; set; }

    /// <value>The version that was last read or written; null if there is none.</value>
    string? ETag { get; set; }

    bool RecordExists { get; set; }
}
