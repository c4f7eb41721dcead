using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Modules applied one after the other; intermediate tensors are disposed where nothing else needs their handles.</summary>
        public class Sequential : nn.Module<Tensor, Tensor>
        {
            private readonly List<nn.IModule<Tensor, Tensor>> _modules = [];

            public Sequential(params nn.Module<Tensor, Tensor>[] modules)
                : base(nameof(Sequential))
            {
                foreach (var module in modules) append(module);
            }

            public Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
                : base(nameof(Sequential))
            {
                foreach (var (name, module) in modules) append(name, module);
            }

            public int Count => _modules.Count;

            [System.Runtime.CompilerServices.IndexerName("SequentialItems")]
            public nn.IModule<Tensor, Tensor> this[int index] => _modules[index];

            public Sequential append(nn.IModule<Tensor, Tensor> module) => append(_modules.Count.ToString(), module);

            public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
            {
                register_module(name, (nn.Module)module);
                _modules.Add(module);
                return this;
            }

            public override Tensor forward(Tensor tensor)
            {
                if (_modules.Count == 0) return tensor.alias();
                var current = tensor;
                foreach (var module in _modules)
                {
                    var next = module.call(current);
                    if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
                    current = next;
                }

                return current;
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new([.. modules]);

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new([.. modules]);
        }
    }
}
