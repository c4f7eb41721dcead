namespace Orleans.Concurrency;

/// <summary>Lets a grain have several activations at once; a call goes to an idle one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : Attribute
{
    /// <summary>At most one worker per processor.</summary>
    public StatelessWorkerAttribute() : this(Environment.ProcessorCount) { }

    public StatelessWorkerAttribute(int maxLocalWorkers) => MaxLocalWorkers = maxLocalWorkers;

    internal int MaxLocalWorkers { get; }
}
