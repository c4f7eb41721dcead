namespace Orleans.Runtime;

/// <summary>Work for an activation that is admitted by its interleaving rules: a call, or the tick of a timer.</summary>
internal abstract class GrainRequest : PendingResponse
{
    public abstract CallOptions Options { get; }

    /// <value>What is called, for messages.</value>
    public abstract string DisplayName { get; }

    /// <value>The grain or observer whose turn sent it.</value>
    public RequestScheduler? Caller { get; protected set; }

    public RequestContextData? Context { get; protected set; }

    /// <value>The call cycle in which the request is stuck, if one was seen.</value>
    public string? CallCycle { get; set; }

    internal GrainRequest? NextWaiting { get; set; }

    /// <value>How often an activation that left has passed it on.</value>
    internal int Forwards { get; set; }

    /// <value>Whether it makes sense for one activation only, and not for its successor.</value>
    public virtual bool IsForOneActivation => false;

    public bool IsAlwaysInterleave => (Options & CallOptions.AlwaysInterleave) != CallOptions.None;
    public bool IsReadOnly => (Options & CallOptions.ReadOnly) != CallOptions.None;

    /// <summary>Begins the work, in a turn of <paramref name="scheduler"/>, and reports its end to <see cref="RequestScheduler.OnFinished"/>.</summary>
    public abstract void Start(RequestScheduler scheduler);

    /// <summary>Ends the request without having started it.</summary>
    public abstract void Reject(Exception reason);

    /// <summary>Lets go of a request whose caller no longer waits.</summary>
    public abstract void Drop();
}
