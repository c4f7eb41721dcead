using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A write carried an ETag that is not the stored one: somebody else wrote in between.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException() { }
    public InconsistentStateException(string message) : base(message) { }
    public InconsistentStateException(string message, Exception innerException) : base(message, innerException) { }

    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag) : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag, Exception storageException) : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string storedEtag, string currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException) { }

    /// <value>The ETag that storage has.</value>
    public string StoredEtag { get; } = "";

    /// <value>The ETag that the writer held.</value>
    public string CurrentEtag { get; } = "";

    /// <value>Whether the exception is still within the activation that wrote; that activation is then out of date and goes.</value>
    internal bool IsSourceActivation { get; set; } = true;

    public override string ToString() => $"{base.ToString()} StoredEtag={StoredEtag} CurrentEtag={CurrentEtag}";
}
