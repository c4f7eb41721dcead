using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>Accumulates into the leaves the gradients of the sum of <paramref name="tensors"/>.</summary>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles.Of(tensors), gradients = Handles.Of(grad_tensors), leaves = Handles.Of(inputs);
            fixed (nint* r = roots, g = gradients, l = leaves)
                Native.Check(Native.ts_backward(
                    r, roots.Length, g, gradients.Length, Flag(retain_graph ?? create_graph), Flag(create_graph), l, leaves.Length));
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>The gradients of the sum of <paramref name="outputs"/> with respect to <paramref name="inputs"/>.</summary>
        /// <returns>One tensor per input; null for one that is not used, where <paramref name="allow_unused"/> allows it.</returns>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] roots = Handles.Of(outputs), gradients = Handles.Of(grad_outputs), leaves = Handles.Of(inputs), results = new nint[leaves.Length];
            fixed (nint* r = roots, g = gradients, l = leaves, found = results)
                Native.Check(Native.ts_grad(
                    r, roots.Length, g, gradients.Length, l, leaves.Length, Flag(retain_graph || create_graph), Flag(create_graph), Flag(allow_unused), found));
            GC.KeepAlive(outputs);
            GC.KeepAlive(grad_outputs);
            GC.KeepAlive(inputs);
            return Array.ConvertAll(results, handle => handle == 0 ? null! : new Tensor(handle));
        }

        private static int Flag(bool value) => value ? 1 : 0;
    }
}
