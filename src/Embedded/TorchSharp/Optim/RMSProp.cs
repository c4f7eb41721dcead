using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Tieleman and Hinton, RMSProp (lecture 6.5, 2012); centered: Graves (2013).</summary>
        public class RMSProp : OptimizerHelper, optim.IMomentum
        {
            public RMSProp(
                IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters.ToList() }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
            {
            }

            public RMSProp(
                IEnumerable<ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false)
            {
                if (lr < 0) throw new ArgumentException($"Invalid learning rate: {lr}");
                if (alpha < 0) throw new ArgumentException($"Invalid alpha value: {alpha}");
                if (eps < 0) throw new ArgumentException($"Invalid eps value: {eps}");
                if (momentum < 0) throw new ArgumentException($"Invalid momentum value: {momentum}");
                if (weight_decay < 0) throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
                _defaults = new Options
                {
                    LearningRate = lr,
                    alpha = alpha,
                    eps = eps,
                    weight_decay = weight_decay,
                    momentum = momentum,
                    centered = centered,
                    maximize = maximize,
                };
                foreach (var group in parameters) add_param_group(group);
            }

            public double Momentum
            {
                get => Defaults.momentum!.Value;
                set => Defaults.momentum = value;
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
                table.RmsProp(new RmsPropStep
                {
                    LearningRate = options.LearningRate!.Value,
                    Alpha = options.alpha!.Value,
                    Epsilon = options.eps!.Value,
                    WeightDecay = options.weight_decay!.Value,
                    Momentum = options.momentum!.Value,
                    Maximize = options.maximize!.Value ? 1 : 0,
                });
                Count(table, group);
            }

            public class Options : OptimizerOptions
            {
                public double? alpha;
                public double? eps;
                public double? weight_decay;
                public double? momentum;
                public bool? centered;
                public bool? maximize;

                private protected override void Visit<TVisitor>(TVisitor visitor, OptimizerOptions? other)
                {
                    var from = (Options?)other;
                    visitor.Visit(ref momentum, from?.momentum);
                    visitor.Visit(ref alpha, from?.alpha);
                    visitor.Visit(ref eps, from?.eps);
                    visitor.Visit(ref weight_decay, from?.weight_decay);
                    visitor.Visit(ref centered, from?.centered);
                    visitor.Visit(ref maximize, from?.maximize);
                }
            }

            public class ParamGroup : ParamGroup<Options>, optim.IMomentum
            {
                public ParamGroup()
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                    : base(parameters, options)
                {
                }

                public ParamGroup(
                    IEnumerable<Parameter> parameters, double lr = 0.01, double eps = 1e-8, double alpha = 0.99, double weight_decay = 0,
                    double momentum = 0.0, bool centered = false)
                    : base(parameters, new Options
                    {
                        LearningRate = lr,
                        alpha = alpha,
                        eps = eps,
                        weight_decay = weight_decay,
                        momentum = momentum,
                        centered = centered,
                    })
                {
                }

                public double Momentum
                {
                    get => Options.momentum!.Value;
                    set => Options.momentum = value;
                }
            }

            public sealed class State : OptimizerState, IDisposable
            {
                public long step;
                public Tensor square_avg = null!;
                public Tensor? momentum_buffer;
                public Tensor? grad_avg;

                public State(Parameter parameter)
                    : base(parameter)
                {
                }

                internal override int TensorCount => 3;

                internal override int RequiredTensors => 1;

                internal override ref long Updates => ref step;

                public void Dispose() => DisposeTensors();

                internal override ref Tensor? TensorAt(int index)
                {
                    if (index == 0) return ref square_avg!;
                    if (index == 1) return ref momentum_buffer;
                    return ref grad_avg;
                }

                private protected override bool IsUsed(int index, OptimizerOptions options) => index switch
                {
                    0 => true,
                    1 => ((Options)options).momentum > 0,
                    _ => ((Options)options).centered == true,
                };
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static RMSProp RMSProp(
                IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(
                IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}
