using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Orchestrator.Training.Randomness;

/// <summary>Noise for the rows of one batch, as tensors.</summary>
public sealed class NoiseSource
{
    private readonly long _seed;
    private readonly long _firstRow;
    private readonly Device _device;
    private int _calls;

    /// <summary>Makes a source.</summary>
    /// <param name="seed">Seed of the batch.</param>
    /// <param name="firstRow">Index of this rank's first row: rows are numbered over all ranks.</param>
    /// <param name="device">Where tensors shall be.</param>
    internal NoiseSource(long seed, long firstRow, Device device) => (_seed, _firstRow, _device) = (seed, firstRow, device);

    /// <summary>Standard normal numbers; each call gives others.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="shape">Dimensions of a row.</param>
    public Tensor Normal(int rows, params long[] shape)
    {
        var seed = RandomSeeds.Of(_seed, RandomPurpose.Call, _calls++);
        var noise = empty([rows, .. shape], ScalarType.Float32);
        NormalNoise.Fill(MemoryMarshal.Cast<byte, float>(noise.bytes), (int)shape.Aggregate(1L, (product, size) => product * size), seed, _firstRow);
        return _device.type == DeviceType.CPU ? noise : noise.to(_device);
    }

    /// <summary>Numbers from 0 to 1, evenly spread; each call gives others.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="shape">Dimensions of a row.</param>
    public Tensor Uniform(int rows, params long[] shape) => ((Normal(rows, shape) / Math.Sqrt(2)).erf() + 1) / 2;
}
