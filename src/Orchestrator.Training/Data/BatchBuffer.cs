using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Data;

/// <summary>Host memory for one batch, reused for many: filling it allocates nothing.</summary>
internal sealed class BatchBuffer : IDisposable
{
    private readonly IDataset _dataset;
    private readonly int _capacity;
    private readonly Tensor _inputs;
    private readonly Tensor _labels;

    /// <summary>Allocates for up to <paramref name="capacity"/> rows of a dataset.</summary>
    internal BatchBuffer(IDataset dataset, int capacity)
    {
        (_dataset, _capacity) = (dataset, capacity);
        _inputs = Allocate(dataset.Inputs);
        _labels = Allocate(dataset.Labels);
    }

    /// <summary>Rows that the buffer holds.</summary>
    internal int Count { get; private set; }

    /// <summary>Rows of the global batch that the rows are a part of.</summary>
    internal int GlobalCount { get; private set; }

    /// <summary>Position of the first row in the global batch.</summary>
    internal int FirstRow { get; private set; }

    /// <summary>Replaces the content by a batch.</summary>
    internal void Fill(ReadOnlySpan<int> rows) => Fill(rows, 0, rows.Length);

    /// <summary>Replaces the content by a part of a global batch.</summary>
    internal void Fill(ReadOnlySpan<int> globalBatch, int start, int count)
    {
        _dataset.CopyRows(globalBatch.Slice(start, count), _inputs.bytes, _labels.bytes);
        (Count, GlobalCount, FirstRow) = (count, globalBatch.Length, start);
    }

    /// <summary>The content as tensors on a device. On the CPU they are views: valid until the next fill.</summary>
    internal Batch On(Device device) => new(Take(_inputs, device), Take(_labels, device), Count);

    public void Dispose()
    {
        _inputs.Dispose();
        _labels.Dispose();
    }

    private Tensor Allocate(RowLayout layout)
    {
        var tensor = zeros([_capacity, .. layout.Shape], layout.Type);
        tensor.DetachFromDisposeScope();
        return tensor;
    }

    private Tensor Take(Tensor buffer, Device device)
    {
        var rows = buffer.narrow(0, 0, Count);
        return device.type == DeviceType.CPU ? rows : rows.to(device);
    }
}
