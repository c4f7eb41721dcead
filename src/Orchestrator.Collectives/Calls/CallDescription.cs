namespace Orchestrator.Collectives.Calls;

/// <summary>What a caller asked for. Apart from the address, the same on every rank.</summary>
internal readonly record struct CallDescription(CallKind Kind, ReduceBuffer Buffer, ReduceOperation Operation, int Root)
{
    public override string ToString() => Kind switch
    {
        CallKind.AllReduce => $"all-reduce ({Operation}) of {Buffer.Count} {Buffer.Type} elements",
        CallKind.Broadcast => $"broadcast from rank {Root} of {Buffer.Count} {Buffer.Type} elements",
        _ => "barrier",
    };
}
