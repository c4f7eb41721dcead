using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019).</summary>
        public class AdamW : OptimizerHelper, optim.IBetas
        {
            public AdamW(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters.ToList() }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            public AdamW(
                IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                AdamMath.Require(lr, beta1, beta2, eps, weight_decay);
                _defaults = new Options
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                };
                foreach (var group in parameters) add_param_group(group);
            }

            public (double, double) Betas
            {
                get => (Defaults.beta1!.Value, Defaults.beta2!.Value);
                set => (Defaults.beta1, Defaults.beta2) = value;
            }

            private Options Defaults => (Options)_defaults;

            public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup>(Step, closure);

            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                DisposeStates();
            }

            private protected override OptimizerOptions NewOptions() => new Options();

            private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

            private void Step(ParamGroup group)
            {
                var options = group.Options;
                using var table = NewTable(group);
                table.Adam(
                    AdamMath.Step(group, options.beta1, options.beta2, options.eps, options.weight_decay, options.maximize, decoupled: true),
                    options.amsgrad!.Value);
                Count(table, group);
            }

            public class Options : OptimizerOptions
            {
                public double? beta1;
                public double? beta2;
                public double? weight_decay;
                public double? eps;
                public bool? amsgrad;
                public bool? maximize;

                private protected override void Visit<TVisitor>(TVisitor visitor, OptimizerOptions? other)
                {
                    var from = (Options?)other;
                    visitor.Visit(ref beta1, from?.beta1);
                    visitor.Visit(ref beta2, from?.beta2);
                    visitor.Visit(ref eps, from?.eps);
                    visitor.Visit(ref weight_decay, from?.weight_decay);
                    visitor.Visit(ref amsgrad, from?.amsgrad);
                    visitor.Visit(ref maximize, from?.maximize);
                }
            }

            public class ParamGroup : ParamGroup<Options>, optim.IBetas
            {
                public ParamGroup()
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                    : base(parameters, options)
                {
                }

                public ParamGroup(
                    IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                    double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                    : base(parameters, new Options
                    {
                        LearningRate = lr,
                        beta1 = beta1,
                        beta2 = beta2,
                        eps = eps,
                        weight_decay = weight_decay,
                        amsgrad = amsgrad,
                        maximize = maximize,
                    })
                {
                }

                public (double, double) Betas
                {
                    get => (Options.beta1!.Value, Options.beta2!.Value);
                    set => (Options.beta1, Options.beta2) = value;
                }
            }

            public sealed class State : OptimizerState, IDisposable
            {
                public long step;
                public Tensor exp_avg = null!;
                public Tensor exp_avg_sq = null!;
                public Tensor? max_exp_avg_sq;

                public State(Parameter parameter)
                    : base(parameter)
                {
                }

                internal override int TensorCount => 3;

                internal override int RequiredTensors => 2;

                internal override ref long Updates => ref step;

                public void Dispose() => DisposeTensors();

                internal override ref Tensor? TensorAt(int index)
                {
                    if (index == 0) return ref exp_avg!;
                    if (index == 1) return ref exp_avg_sq!;
                    return ref max_exp_avg_sq;
                }

                private protected override bool IsUsed(int index, OptimizerOptions options) =>
                    index < RequiredTensors || ((Options)options).amsgrad == true;
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
