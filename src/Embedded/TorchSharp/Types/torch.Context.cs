using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType _defaultType = ScalarType.Float32;
    private static Device? _defaultDevice;

    /// <summary>libtorch's version.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)Native.ts_version())!;

    public static int get_num_threads() => Native.ts_get_num_threads();

    public static void set_num_threads(int num) => Native.Check(Native.ts_set_num_threads(num));

    public static int get_num_interop_threads() => Native.ts_get_num_interop_threads();

    /// <summary>May be set once, before anything has run in parallel.</summary>
    public static void set_num_interop_threads(int num) => Native.Check(Native.ts_set_num_interop_threads(num));

    public static ScalarType get_default_dtype() => _defaultType;

    public static void set_default_dtype(ScalarType dtype)
    {
        if (dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64))
            throw new ArgumentException($"the default type must be a floating point one, not {dtype}", nameof(dtype));
        _defaultType = dtype;
    }

    public static Device get_default_device() => _defaultDevice ?? CPU;

    public static void set_default_device(Device device) => _defaultDevice = device;

    public static void set_default_device(string device) => _defaultDevice = new Device(device);

    /// <summary>Seeds the process's generator.</summary>
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    public static Tensor get_rng_state()
    {
        using var generator = Generator.Default;
        return generator.get_state();
    }

    public static void set_rng_state(Tensor new_state)
    {
        using var generator = Generator.Default;
        generator.set_state(new_state);
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    public static class cuda
    {
        public static bool is_available() => Native.ts_has_cuda() != 0;

        public static int device_count() => 0;
    }
}
