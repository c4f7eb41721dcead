using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array. Owns one <c>at::Tensor*</c>; several tensors may share storage. Dispose it, or create it in a
    /// <see cref="DisposeScope"/>; a forgotten one is freed by its finalizer.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        private nint handle;

        internal Tensor(nint handle)
            : this(handle, register: true)
        {
        }

        private protected Tensor(nint handle, bool register)
        {
            this.handle = handle;
            var total = Interlocked.Increment(ref _totalCount);
            if (total > _peakCount) _peakCount = total; // a statistic: a lost race costs one count
            if (register) OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Tensors that are alive in the process.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        /// <summary>The most tensors that were alive at a time.</summary>
        public static long PeakCount => Interlocked.Read(ref _peakCount);

        /// <summary>The <c>at::Tensor*</c>. Valid while this object is alive and not disposed.</summary>
        public IntPtr Handle
        {
            get
            {
                if (handle == 0) ThrowDisposed();
                return handle;
            }
        }

        public bool IsInvalid => handle == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>A tensor that owns a handle made elsewhere.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose()
        {
            if (handle == 0) return;
            DisposeScopeManager.ThreadSingleton.Disposing(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the native handle away: the caller frees it.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            return Release();
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope!);

        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            if (OwningDisposeScope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target) => Op.CallBool("equal", this, target);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        /// <summary>Takes the handle for another object, which takes this one's place.</summary>
        internal nint MoveHandle()
        {
            GC.SuppressFinalize(this);
            return Release();
        }

        /// <summary>Replaces the native tensor by a converted one; the handle and this object stay the same, so that optimizers that hold them keep working.</summary>
        internal void Become(ScalarType? type, Device? device, bool nonBlocking)
        {
            if ((type is null || type == dtype) && (device is null || (device.type == device_type && (device.index < 0 || device.index == device_index)))) return;
            using var off = no_grad();
            using var converted = to(type ?? dtype, device ?? this.device, non_blocking: nonBlocking).detach();
            converted.requires_grad = requires_grad;
            Native.ts_tensor_assign(Handle, converted.Handle);
        }

        protected virtual void Dispose(bool disposing)
        {
            var released = Release();
            if (released != 0) Native.ts_tensor_free(released);
        }

        private nint Release()
        {
            var released = Interlocked.Exchange(ref handle, 0); // the finalizer and a late Dispose must not both free it
            if (released != 0) Interlocked.Decrement(ref _totalCount);
            return released;
        }

        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        private static void ThrowDisposed() =>
            throw new InvalidOperationException("the tensor is invalid: it has been disposed");
    }
}
