using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The C ABI of native/src. Handles are <c>at::Tensor*</c>.</summary>
/// <remarks>
/// The GC transition is suppressed only where the call reads a field: it neither blocks, nor calls back, nor frees memory.
/// </remarks>
internal static unsafe partial class Native
{
    private const string Library = "TorchSharpNative";

    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Load);

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        try
        {
            return NativeLibrary.Load(name, assembly, path);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException(
                "libTorchSharpNative.so or the libtorch it needs cannot be loaded. Run eng/setup, which installs the distribution's libtorch-dev, and build again. " + e.Message, e);
        }
    }

    [LibraryImport(Library)] internal static partial byte* ts_last_error();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint ts_operator(string name, string overload);
    [LibraryImport(Library)] internal static partial int ts_call(nint op, Value* arguments, int count, int in_place, Value** results);

    [LibraryImport(Library)] internal static partial void ts_tensor_free(nint tensor);
    [LibraryImport(Library)] internal static partial nint ts_tensor_alias(nint tensor);
    [LibraryImport(Library)] internal static partial void ts_tensor_assign(nint tensor, nint other);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_tensor_dim(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_tensor_numel(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void ts_tensor_sizes(nint tensor, long* sizes);
    [LibraryImport(Library)] internal static partial int ts_tensor_strides(nint tensor, long* strides);
    [LibraryImport(Library), SuppressGCTransition] internal static partial long ts_tensor_storage_offset(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_dtype(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_device_type(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_device_index(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_is_contiguous(nint tensor);
    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_tensor_is_sparse(nint tensor);
    [LibraryImport(Library)] internal static partial nint ts_tensor_data(nint tensor);
    [LibraryImport(Library)]
    internal static partial nint ts_tensor_from_blob(
        void* data, long* sizes, int dimensions, int dtype, delegate* unmanaged<nint, void> release, nint context);

    [LibraryImport(Library), SuppressGCTransition] internal static partial int ts_grad_mode();
    [LibraryImport(Library), SuppressGCTransition] internal static partial void ts_set_grad_mode(int enabled);
    [LibraryImport(Library)] internal static partial nint ts_inference_mode_enter(int enabled);
    [LibraryImport(Library)] internal static partial void ts_inference_mode_exit(nint mode);
    [LibraryImport(Library)] internal static partial int ts_tensor_requires_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int ts_tensor_set_requires_grad(nint tensor, int value);
    [LibraryImport(Library)] internal static partial int ts_tensor_is_leaf(nint tensor);
    [LibraryImport(Library)] internal static partial int ts_tensor_retain_grad(nint tensor);
    [LibraryImport(Library)] internal static partial int ts_tensor_grad(nint tensor, nint* gradient);
    [LibraryImport(Library)] internal static partial int ts_tensor_set_grad(nint tensor, nint gradient);
    [LibraryImport(Library)]
    internal static partial int ts_backward(
        nint* tensors, int count, nint* gradients, int gradient_count, int retain_graph, int create_graph, nint* inputs, int input_count);
    [LibraryImport(Library)]
    internal static partial int ts_grad(
        nint* outputs, int count, nint* gradients, int gradient_count, nint* inputs, int input_count,
        int retain_graph, int create_graph, int allow_unused, nint* results);

    [LibraryImport(Library)] internal static partial byte* ts_version();
    [LibraryImport(Library)] internal static partial int ts_get_num_threads();
    [LibraryImport(Library)] internal static partial int ts_set_num_threads(int count);
    [LibraryImport(Library)] internal static partial int ts_get_num_interop_threads();
    [LibraryImport(Library)] internal static partial int ts_set_num_interop_threads(int count);
    [LibraryImport(Library)] internal static partial int ts_has_cuda();

    [LibraryImport(Library)] internal static partial nint ts_generator_new(ulong seed);
    [LibraryImport(Library)] internal static partial nint ts_generator_default();
    [LibraryImport(Library)] internal static partial void ts_generator_free(nint generator);
    [LibraryImport(Library)] internal static partial int ts_generator_set_seed(nint generator, ulong seed);
    [LibraryImport(Library)] internal static partial int ts_generator_initial_seed(nint generator, ulong* seed);
    [LibraryImport(Library)] internal static partial int ts_generator_random_seed(nint generator, ulong* seed);
    [LibraryImport(Library)] internal static partial nint ts_generator_get_state(nint generator);
    [LibraryImport(Library)] internal static partial int ts_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)]
    internal static partial int ts_adam(int count, nint* parameters, nint* means, nint* squares, nint* max_squares, long* steps, AdamStep* options);
    [LibraryImport(Library)] internal static partial int ts_sgd(int count, nint* parameters, nint* buffers, SgdStep* options);
    [LibraryImport(Library)]
    internal static partial int ts_rmsprop(int count, nint* parameters, nint* squares, nint* buffers, nint* means, long* steps, RmsPropStep* options);
    [LibraryImport(Library)] internal static partial int ts_zero_grad(int count, nint* parameters, int set_to_none);

    /// <summary>Throws what upstream throws, with libtorch's message, when <paramref name="result"/> says that the call failed.</summary>
    internal static void Check(int result)
    {
        if (result < 0) Throw();
    }

    internal static nint Check(nint handle)
    {
        if (handle == 0) Throw();
        return handle;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    internal static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8((nint)ts_last_error()));
}
