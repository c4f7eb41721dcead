using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            private IEnumerable<(string, Module)> Submodules => _internal_submodules;

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                Distinct(_internal_params.AsEnumerable<(string, Parameter)>().Concat(recurse ? Submodules.SelectMany(child => Prefixed(child, child.Item2.named_parameters())) : []));

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var own = _internal_buffers.AsEnumerable<(string, (Tensor, bool))>().Where(entry => include_nonpersistent || entry.Item2.Item2).Select(entry => (entry.Item1, entry.Item2.Item1));
                var others = recurse ? Submodules.SelectMany(child => Prefixed(child, child.Item2.named_buffers(true, include_nonpersistent))) : [];
                return Distinct(own.Concat(others));
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            public virtual IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                Submodules.Concat(Submodules.SelectMany(child => Prefixed(child, child.Item2.named_modules())));

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            public virtual bool has_parameter(string target) => named_parameters().Any(entry => entry.name == target);

            public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(entry => entry.name == target).parameter;

            public virtual bool has_buffer(string target) => named_buffers().Any(entry => entry.name == target);

            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(entry => entry.name == target).buffer;

            /// <summary>The parameters and persistent buffers by name: the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in named_parameters()) destination.TryAdd(start + key, parameter);
                foreach (var (key, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(start + key, buffer);
                foreach (var (key, child) in _internal_submodules) child.state_dict(destination, start + key);
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <exception cref="InvalidOperationException"><paramref name="strict"/>, and the names do not match.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var missing = own.Keys.Where(key => !source.ContainsKey(key) && skip?.Contains(key) != true).ToList();
                var unexpected = source.Keys.Where(key => !own.ContainsKey(key) && skip?.Contains(key) != true).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException(
                        $"The loaded state_dict is not identical to the target dictionary: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                using var off = no_grad();
                foreach (var (key, value) in source)
                    if (skip?.Contains(key) != true && own.TryGetValue(key, out var target)) target.copy_(value);
                return (missing, unexpected);
            }

            public virtual unsafe void zero_grad(bool set_to_none = true)
            {
                var all = parameters().ToArray();
                var handles = Handles.Of(all);
                fixed (nint* first = handles) Native.Check(Native.ts_zero_grad(handles.Length, first, set_to_none ? 1 : 0));
                GC.KeepAlive(all);
            }

            private static IEnumerable<(string, T)> Prefixed<T>((string Name, Module) child, IEnumerable<(string Name, T Item)> entries) =>
                entries.Select(entry => ($"{child.Name}.{entry.Name}", entry.Item));

            private static IEnumerable<(string, T)> Distinct<T>(IEnumerable<(string, T Item)> entries) where T : Tensor =>
                entries.Where(entry => entry.Item is { IsInvalid: false }).DistinctBy(entry => entry.Item.Handle);
        }
    }
}
