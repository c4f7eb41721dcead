using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A list of modules, named by their positions.</summary>
        public class ModuleList<T> : nn.Module, IList<T> where T : nn.Module
        {
            private readonly List<T> _list = [];

            public ModuleList(params T[] modules)
                : base(nameof(ModuleList<T>))
            {
                foreach (var module in modules) Add(module);
            }

            public int Count => _list.Count;

            public bool IsReadOnly => false;

            public T this[int index]
            {
                get => _list[index];
                set
                {
                    _list[index] = value;
                    Rename();
                }
            }

            public void append(params T[] parameters) => extend(parameters);

            public void extend(IEnumerable<T> modules)
            {
                foreach (var module in modules) Add(module);
            }

            public void Add(T item)
            {
                _list.Add(item);
                Rename();
            }

            public void Insert(int index, T item)
            {
                _list.Insert(index, item);
                Rename();
            }

            public void RemoveAt(int index)
            {
                _list.RemoveAt(index);
                Rename();
            }

            public bool Remove(T item)
            {
                var removed = _list.Remove(item);
                Rename();
                return removed;
            }

            public void Clear()
            {
                _list.Clear();
                Rename();
            }

            public bool Contains(T item) => _list.Contains(item);

            public int IndexOf(T item) => _list.IndexOf(item);

            public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

            public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            private void Rename()
            {
                ClearModules();
                for (var i = 0; i < _list.Count; i++) register_module(i.ToString(), _list[i]);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}
