using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) => Op.Call("bernoulli", this, generator);
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Op.InPlace("bernoulli_.float", this, p, generator);
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Op.InPlace("bernoulli_.Tensor", this, p, generator);
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Op.Call("multinomial", this, num_samples, replacement, generator);
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) => Op.InPlace("normal_", this, mean, std, generator);
        public Tensor uniform_(double from, double to, Generator? generator = null) => Op.InPlace("uniform_", this, from, to, generator);
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) => Op.InPlace("exponential_", this, lambda, generator);
        public Tensor random_(double from, double to, Generator? generator = null) => Op.InPlace("random_.from", this, (long)from, (long)to, generator);
        public Tensor poisson(Generator? generator = null) => Op.Call("poisson", this, generator);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("rand_like", dtype, device, requires_grad);
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("randn_like", dtype, device, requires_grad);
        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Op.Call("randint_like.low_dtype", this, low, high, dtype, Arg.Default, device).With(requires_grad);
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("zeros_like", dtype, device, requires_grad);
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("ones_like", dtype, device, requires_grad);
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Like("empty_like", dtype, device, requires_grad);
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Op.Call("full_like", this, value, dtype, Arg.Default, device).With(requires_grad);
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Op.Call("new_zeros", this, size, dtype, Arg.Default, device).With(requires_grad);
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Op.Call("new_empty", this, size, dtype, Arg.Default, device).With(requires_grad);
        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Op.Call("new_full", this, size, value, dtype, Arg.Default, device).With(requires_grad);

        /// <summary>Sets requires_grad on a tensor that was just made, only where it must be: the call costs.</summary>
        internal Tensor With(bool requiresGrad)
        {
            if (requiresGrad) requires_grad = true;
            return this;
        }

        private Tensor Like(string name, ScalarType? dtype, Device? device, bool requiresGrad) =>
            Op.Call(name, this, dtype, Arg.Default, device).With(requiresGrad);
    }
}
