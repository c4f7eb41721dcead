using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter: tensors, the ones that it always has first, and a count of updates.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Tensors that the state can have.</summary>
    internal abstract int TensorCount { get; }

    /// <summary>How many of them, the first ones, it always has.</summary>
    internal abstract int RequiredTensors { get; }

    /// <summary>Where the updates are counted; null in an optimizer that does not count them.</summary>
    internal virtual ref long Updates => ref Unsafe.NullRef<long>();

    internal bool IsCounted => !Unsafe.IsNullRef(ref Updates);

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        if (IsCounted) writer.Write(Updates);
        for (var i = 0; i < TensorCount; i++)
            if (i < RequiredTensors) TensorAt(i)!.Save(writer);
            else SaveConditionalStateTensor(writer, TensorAt(i));
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        if (IsCounted) Updates = reader.ReadInt64();
        for (var i = 0; i < TensorCount; i++)
            if (i < RequiredTensors) TensorAt(i)!.Load(reader);
            else LoadConditionalStateTensor(reader, ref TensorAt(i), _parameter.device);
    }

    public virtual void LoadStateDict(OptimizerState source)
    {
        if (IsCounted) Updates = source.Updates;
        for (var i = 0; i < TensorCount; i++)
        {
            TensorAt(i)?.Dispose();
            TensorAt(i) = source.TensorAt(i)?.to(_parameter.device, copy: true).DetachFromDisposeScope();
        }
    }

    public virtual void Initialize(OptimizerOptions options)
    {
        DisposeTensors();
        if (IsCounted) Updates = 0;
        for (var i = 0; i < TensorCount; i++) TensorAt(i) = IsUsed(i, options) ? Zeros() : null;
    }

    public virtual bool ApproximatelyEquals(OptimizerState other)
    {
        if (other.GetType() != GetType() || (IsCounted && Updates != other.Updates)) return false;
        for (var i = 0; i < TensorCount; i++)
            if (TensorAt(i) is { } own && (other.TensorAt(i) is not { } its || !own.allclose(its))) return false;
        return true;
    }

    public virtual void to(Device device)
    {
        for (var i = 0; i < TensorCount; i++) TensorAt(i)?.Become(null, device, false);
    }

    internal abstract ref Tensor? TensorAt(int index);

    /// <summary>Whether a tensor is there from the beginning.</summary>
    private protected virtual bool IsUsed(int index, OptimizerOptions options) => index < RequiredTensors;

    private protected void DisposeTensors()
    {
        for (var i = 0; i < TensorCount; i++) TensorAt(i)?.Dispose();
    }

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
    {
        result?.Dispose();
        result = reader.ReadBoolean() ? TensorExtensionMethods.Load(reader).to(device, disposeAfter: true).DetachFromDisposeScope() : null;
    }

    /// <summary>A tensor of the state is the optimizer's own: no scope disposes it.</summary>
    private Tensor Zeros()
    {
        using var off = no_grad();
        return _parameter.zeros_like().DetachFromDisposeScope();
    }
}
