namespace Orleans.Runtime;

/// <summary>What takes requests: an activation, a pool of stateless workers, an observer.</summary>
internal abstract class RequestTarget
{
    private volatile bool _isGone;

    public abstract GrainId GrainId { get; }

    /// <value>False once requests should be sent to a successor.</value>
    public bool IsAlive => !_isGone;

    /// <summary>Hands over a request; never blocks, may be called from any thread.</summary>
    public abstract void Send(GrainRequest request);

    protected void MarkGone() => _isGone = true;
}
