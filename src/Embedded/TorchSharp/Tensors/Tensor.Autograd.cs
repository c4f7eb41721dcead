using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Alive(Native.ts_tensor_requires_grad(Handle)) != 0;
            set => Native.Check(Alive(Native.ts_tensor_set_requires_grad(Handle, value ? 1 : 0)));
        }

        public bool is_leaf => Alive(Native.ts_tensor_is_leaf(Handle)) != 0;

        /// <summary>
        /// The gradient that backward accumulates into, or null. May be set, also to a view: accumulation is in place, so that
        /// the gradients of many parameters can be views of one flat buffer.
        /// </summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint gradient = 0;
                Native.Check(Alive(Native.ts_tensor_grad(Handle, &gradient)));
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set
            {
                Native.Check(Alive(Native.ts_tensor_set_grad(Handle, value?.Handle ?? 0)));
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Native.Check(Alive(Native.ts_tensor_retain_grad(Handle)));

        public Tensor detach() => Op.Call("detach", this);

        public Tensor detach_() => Op.InPlace("detach_", this);

        public void backward() => autograd.backward(this);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
