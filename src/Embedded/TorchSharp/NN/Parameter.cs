using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that a module trains. Takes the handle of the tensor it is made from, which becomes invalid.</summary>
        public class Parameter : Tensor
        {
            public Parameter(Tensor data, bool requires_grad = true)
                : base(data.with_requires_grad(requires_grad).MoveHandle(), register: false) =>
                DisposeScope.Replace(data, this);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
