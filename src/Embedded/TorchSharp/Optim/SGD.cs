using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Stochastic gradient descent, with momentum as PyTorch's (Sutskever et al., 2013, rearranged).</summary>
        public class SGD : OptimizerHelper, optim.IMomentum
        {
            public SGD(
                IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters.ToList() }], lr, momentum, dampening, weight_decay, nesterov, maximize)
            {
            }

            public SGD(
                IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
            {
                if (lr < 0) throw new ArgumentException($"Invalid learning rate: {lr}");
                if (momentum < 0) throw new ArgumentException($"Invalid momentum value: {momentum}");
                if (weight_decay < 0) throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
                if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
                _defaults = new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
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
                table.Sgd(new SgdStep
                {
                    LearningRate = options.LearningRate!.Value,
                    Momentum = options.momentum!.Value,
                    Dampening = options.dampening!.Value,
                    WeightDecay = options.weight_decay!.Value,
                    Maximize = options.maximize!.Value ? 1 : 0,
                    Nesterov = options.nesterov!.Value ? 1 : 0,
                });
                AdoptBuffers(Slots(group), table.Row(1));
            }

            /// <summary>The first step makes the momentum buffers.</summary>
            private static void AdoptBuffers((Parameter Parameter, OptimizerState State)[] slots, ReadOnlySpan<nint> buffers)
            {
                for (var i = 0; i < slots.Length; i++)
                    if (slots[i].State.TensorAt(0) is null && buffers[i] != 0)
                        slots[i].State.TensorAt(0) = new Tensor(buffers[i]).DetachFromDisposeScope();
            }

            public class Options : OptimizerOptions
            {
                public double? momentum;
                public double? dampening;
                public double? weight_decay;
                public bool? nesterov;
                public bool? maximize;

                private protected override void Visit<TVisitor>(TVisitor visitor, OptimizerOptions? other)
                {
                    var from = (Options?)other;
                    visitor.Visit(ref momentum, from?.momentum);
                    visitor.Visit(ref dampening, from?.dampening);
                    visitor.Visit(ref weight_decay, from?.weight_decay);
                    visitor.Visit(ref nesterov, from?.nesterov);
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
                    IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                    bool nesterov = false, bool maximize = false)
                    : base(parameters, new Options
                    {
                        LearningRate = lr,
                        momentum = momentum,
                        dampening = dampening,
                        weight_decay = weight_decay,
                        nesterov = nesterov,
                        maximize = maximize,
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
                /// <summary>Null before the first step.</summary>
                public Tensor? momentum_buffer;

                public State(Parameter parameter)
                    : base(parameter)
                {
                }

                internal override int TensorCount => 1;

                internal override int RequiredTensors => 0;

                public void Dispose() => DisposeTensors();

                internal override ref Tensor? TensorAt(int index) => ref momentum_buffer;
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
