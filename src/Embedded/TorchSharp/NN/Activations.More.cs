using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class ELU : ParameterLessModule<Tensor, Tensor>
        {
            internal ELU(double alpha, bool inplace) : base(nameof(ELU))
            {
                this.alpha = alpha;
                this.inplace = inplace;
            }

            public double alpha { get; set; }

            public bool inplace { get; set; }

            public override Tensor forward(Tensor tensor) => nn.functional.elu(tensor, alpha, inplace);
        }

        public sealed class SELU : ParameterLessModule<Tensor, Tensor>
        {
            internal SELU(bool inplace) : base(nameof(SELU))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override Tensor forward(Tensor tensor) => inplace ? tensor.selu_().alias() : tensor.selu();
        }

        public sealed class GELU : ParameterLessModule<Tensor, Tensor>
        {
            internal GELU(Approximate approximate, bool inplace) : base(nameof(GELU))
            {
                this.approximate = approximate;
                this.inplace = inplace;
            }

            public enum Approximate
            {
                none,
                tanh,
            }

            public Approximate approximate { get; set; }

            public bool inplace { get; set; }

            public override Tensor forward(Tensor tensor) => nn.functional.gelu(tensor, approximate, inplace);
        }

        public sealed class SiLU : ParameterLessModule<Tensor, Tensor>
        {
            internal SiLU(bool inplace) : base(nameof(SiLU))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override string GetName() => nameof(SiLU);

            public override Tensor forward(Tensor tensor) => nn.functional.silu(tensor, inplace);
        }

        public sealed class Mish : ParameterLessModule<Tensor, Tensor>
        {
            internal Mish(bool inplace) : base(nameof(Mish))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override Tensor forward(Tensor tensor) => nn.functional.mish(tensor, inplace);
        }

        public sealed class Softplus : ParameterLessModule<Tensor, Tensor>
        {
            internal Softplus(double beta, double threshold) : base(nameof(Softplus))
            {
                this.beta = beta;
                this.threshold = threshold;
            }

            public double beta { get; set; }

            public double threshold { get; set; }

            public override Tensor forward(Tensor tensor) => tensor.softplus(beta, threshold);
        }

        public sealed class Softmax : ParameterLessModule<Tensor, Tensor>
        {
            internal Softmax(long dim) : base(nameof(Softmax))
            {
                this.dim = dim;
            }

            public long dim { get; set; }

            public override Tensor forward(Tensor tensor) => tensor.softmax(dim);
        }

        public sealed class LogSoftmax : ParameterLessModule<Tensor, Tensor>
        {
            internal LogSoftmax(long dim) : base(nameof(LogSoftmax))
            {
                this.dim = dim;
            }

            public long dim { get; set; }

            public override Tensor forward(Tensor tensor) => tensor.log_softmax(dim);
        }

        public sealed class Hardtanh : ParameterLessModule<Tensor, Tensor>
        {
            internal Hardtanh(double min_val, double max_val, bool inplace) : base(nameof(Hardtanh))
            {
                this.min_val = min_val;
                this.max_val = max_val;
                this.inplace = inplace;
            }

            public double min_val { get; set; }

            public double max_val { get; set; }

            public bool inplace { get; set; }

            public override string GetName() => nameof(Hardtanh);

            public override Tensor forward(Tensor tensor) => nn.functional.hardtanh(tensor, min_val, max_val, inplace);
        }

        public sealed class ReLU6 : ParameterLessModule<Tensor, Tensor>
        {
            internal ReLU6(bool inplace) : base(nameof(ReLU6))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override Tensor forward(Tensor tensor) => nn.functional.relu6(tensor, inplace);
        }

        public sealed class GLU : ParameterLessModule<Tensor, Tensor>
        {
            internal GLU(long dim) : base(nameof(GLU))
            {
                this.dim = dim;
            }

            public long dim { get; set; }

            public override Tensor forward(Tensor tensor) => tensor.glu(dim);
        }

        public sealed class PReLU : nn.Module<Tensor, Tensor>
        {
            internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype)
                : base(nameof(PReLU))
            {
                this.num_parameters = num_parameters;
                this.init = init;
                weight = Parameters.New([num_parameters], device, dtype);
                nn.init.constant_(weight, init);
            }

            public long num_parameters { get; }

            public double init { get; }

            public Parameter weight
            {
                get => Find(nameof(weight))!;
                set => ConditionallyRegisterParameter(nameof(weight), value);
            }

            public override string GetName() => nameof(PReLU);

            public override Tensor forward(Tensor tensor) => tensor.prelu(weight);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

            public static SELU SELU(bool inplace = false) => new(inplace);

            public static GELU GELU() => new(TorchSharp.Modules.GELU.Approximate.none, false);

            public static GELU GELU(bool inplace) => new(TorchSharp.Modules.GELU.Approximate.none, inplace);

            public static GELU GELU(TorchSharp.Modules.GELU.Approximate approximate, bool inplace = false) => new(approximate, inplace);

            public static SiLU SiLU() => new(false);

            public static SiLU SiLU(bool inplace) => new(inplace);

            public static Mish Mish() => new(false);

            public static Mish Mish(bool inplace) => new(inplace);

            public static Softplus Softplus(double beta = 1.0, double threshold = 20.0) => new(beta, threshold);

            public static Softmax Softmax(long dim) => new(dim);

            public static LogSoftmax LogSoftmax(long dim) => new(dim);

            public static Hardtanh Hardtanh(double min_val = -1.0, double max_val = 1.0, bool inplace = false) => new(min_val, max_val, inplace);

            public static ReLU6 ReLU6(bool inplace = false) => new(inplace);

            public static GLU GLU(long dim = -1) => new(dim);

            public static PReLU PReLU(long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) => new(num_parameters, init, device, dtype);
        }
    }
}
