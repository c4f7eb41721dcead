using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Indexing as in Python. Reading gives a view where it can; writing copies into the part.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign([i1], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At(i1, i2);
            set => Assign([i1, i2], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At(i1, i2, i3);
            set => Assign([i1, i2, i3], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At(i1, i2, i3, i4);
            set => Assign([i1, i2, i3, i4], value);
        }

        public Tensor index(params Tensor[] indices) => Op.Call("index.Tensor", this, indices);

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = Resolve(indices);
            if (tensors is null) return view;
            using (view) return Op.Call("index.Tensor", view, tensors);
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Op.InPlace("index_put_", this, indices, value, accumulate);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var (view, tensors) = Resolve(indices);
            using (view)
            {
                if (tensors is not null) Op.InPlace("index_put_", view, tensors, value, accumulate);
                else if (accumulate) view.add_(value);
                else view.copy_(value);
            }

            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var tensor = value.ToTensor();
            using var typed = tensor.to(dtype, device);
            return index_put_(typed, indices);
        }

        /// <summary>
        /// Applies numbers, slices and new dimensions as views, from left to right; what is left are the tensors to gather by, one
        /// per dimension of the view, or null when there are none.
        /// </summary>
        private (Tensor View, Tensor?[]? Indices) Resolve(TensorIndex[] indices)
        {
            var view = alias();
            Tensor?[] gathered = [];
            var dimension = 0L;
            var consumed = indices.Sum(Consumes);
            foreach (var index in indices)
            {
                if (index.Kind == IndexKind.Ellipsis)
                {
                    dimension += Dimensions - consumed;
                    continue;
                }

                if (index.Kind == IndexKind.Tensor)
                {
                    Array.Resize(ref gathered, (int)dimension + 1);
                    gathered[dimension] = index.Indices;
                    dimension += Consumes(index);
                    continue;
                }

                var next = Step(view, index, dimension);
                if (index.Kind != IndexKind.Number) dimension++;
                view.Dispose();
                view = next;
            }

            return (view, gathered.Length == 0 ? null : gathered);
        }

        private static Tensor Step(Tensor view, in TensorIndex index, long dimension) => index.Kind switch
        {
            IndexKind.Number => view.select(dimension, index.Number),
            IndexKind.Slice => Op.Call("slice.Tensor", view, dimension, index.Start, index.Stop, index.Step),
            IndexKind.None => view.unsqueeze(dimension),
            _ => view.unsqueeze(dimension).slice(dimension, 0, index.Number, 1),
        };

        /// <summary>How many dimensions of the tensor an index stands for.</summary>
        private static long Consumes(TensorIndex index) => index.Kind switch
        {
            IndexKind.Number or IndexKind.Slice => 1,
            IndexKind.Tensor => index.Indices!.dtype is ScalarType.Bool ? index.Indices.Dimensions : 1,
            _ => 0,
        };

        private Tensor At(params ReadOnlySpan<long> indices)
        {
            var view = select(0, indices[0]);
            foreach (var index in indices[1..])
            {
                using var outer = view;
                view = outer.select(0, index);
            }

            return view;
        }

        private void Assign(ReadOnlySpan<long> indices, Tensor value)
        {
            using var view = At(indices);
            view.copy_(value);
        }
    }
}
