using System.Runtime.InteropServices;
using Orchestrator.Collectives.Calls;

namespace Orchestrator.Collectives.SharedMemory;

/// <summary>A call as the other ranks see it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SharedCall
{
    private long _count;
    private int _kind;
    private int _type;
    private int _operation;
    private int _root;

    public static SharedCall Of(CallDescription call) => new()
    {
        _count = call.Buffer.Count,
        _kind = (int)call.Kind,
        _type = (int)call.Buffer.Type,
        _operation = (int)call.Operation,
        _root = call.Root,
    };

    public readonly CallDescription Describe() => new((CallKind)_kind, new(0, _count, (ElementType)_type), (ReduceOperation)_operation, _root);
}
