using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers on the CPU.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            if (device is { } place && place.type != DeviceType.CPU)
                throw new NotSupportedException($"a generator on {place}: the embedded library has generators on the CPU only");
            handle = Native.Check(Native.ts_generator_new(seed));
        }

        private Generator(nint handle) => this.handle = handle;

        ~Generator() => Dispose(false);

        /// <summary>The process's generator, which operators use that are given none.</summary>
        public static Generator Default => new(Native.Check(Native.ts_generator_default()));

        public Device device => CPU;

        public IntPtr Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>The whole state, as a tensor of bytes.</summary>
        public Tensor get_state()
        {
            var state = Native.ts_generator_get_state(Handle);
            GC.KeepAlive(this);
            return new Tensor(Native.Check(state));
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.ts_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.ts_generator_set_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        public unsafe long seed()
        {
            ulong value;
            Native.Check(Native.ts_generator_random_seed(Handle, &value));
            GC.KeepAlive(this);
            return (long)value;
        }

        public unsafe long initial_seed()
        {
            ulong value;
            Native.Check(Native.ts_generator_initial_seed(Handle, &value));
            GC.KeepAlive(this);
            return (long)value;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released != 0) Native.ts_generator_free(released);
        }
    }
}
