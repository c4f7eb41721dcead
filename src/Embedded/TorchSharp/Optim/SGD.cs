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

            public override void add_param_group(Modules.ParamGroup param_group)
            {
                var options = (Options?)param_group.Options ?? new Options();
                param_group.Options = options;
                options.LearningRate ??= Defaults.LearningRate;
                options.momentum ??= Defaults.momentum;
                options.dampening ??= Defaults.dampening;
                options.weight_decay ??= Defaults.weight_decay;
                options.nesterov ??= Defaults.nesterov;
                options.maximize ??= Defaults.maximize;
                options.InitialLearningRate = options.LearningRate!.Value;
                base.add_param_group(param_group);
                foreach (var parameter in param_group.Parameters) _state[parameter.Handle] = new State(parameter);
            }

            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                DisposeStates();
            }

            private void Step(ParamGroup group)
            {
                var options = group.Options;
                var native = new SgdStep
                {
                    LearningRate = options.LearningRate!.Value,
                    Momentum = options.momentum!.Value,
                    Dampening = options.dampening!.Value,
                    WeightDecay = options.weight_decay!.Value,
                    Maximize = options.maximize!.Value ? 1 : 0,
                    Nesterov = options.nesterov!.Value ? 1 : 0,
                };
                var slots = Slots<State>(group);
                using var table = new HandleTable(slots.Length, rows: 2);
                for (var i = 0; i < slots.Length; i++)
                    table.Set(i, slots[i].Parameter.Handle, slots[i].State.momentum_buffer?.Handle ?? 0);
                table.Sgd(native);
                var buffers = table.Row(1);
                for (var i = 0; i < slots.Length; i++)
                    if (slots[i].State.momentum_buffer is null && buffers[i] != 0)
                        slots[i].State.momentum_buffer = new Tensor(buffers[i]).DetachFromDisposeScope();
            }

            public class Options : OptimizerOptions
            {
                public double? momentum;
                public double? dampening;
                public double? weight_decay;
                public bool? nesterov;
                public bool? maximize;

                public override void LoadStateDict(OptimizerOptions source)
                {
                    base.LoadStateDict(source);
                    var other = (Options)source;
                    (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
                    (nesterov, maximize) = (other.nesterov, other.maximize);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    momentum = reader.ReadDouble();
                    dampening = reader.ReadDouble();
                    weight_decay = reader.ReadDouble();
                    nesterov = reader.ReadBoolean();
                    maximize = reader.ReadBoolean();
                }

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    writer.Write(momentum!.Value);
                    writer.Write(dampening!.Value);
                    writer.Write(weight_decay!.Value);
                    writer.Write(nesterov!.Value);
                    writer.Write(maximize!.Value);
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

                public override void Initialize(OptimizerOptions options)
                {
                    Dispose();
                    momentum_buffer = null;
                }

                public override void LoadStateDict(OptimizerState source) =>
                    Replace(ref momentum_buffer, ((State)source).momentum_buffer, _parameter);

                public override void LoadStateDict(BinaryReader reader) =>
                    LoadConditionalStateTensor(reader, ref momentum_buffer, _parameter.device);

                public override void SaveStateDict(BinaryWriter writer) => SaveConditionalStateTensor(writer, momentum_buffer);

                public override bool ApproximatelyEquals(OptimizerState other) =>
                    other is State state &&
                    (momentum_buffer is null || (state.momentum_buffer is not null && momentum_buffer.allclose(state.momentum_buffer)));

                public override void to(Device device) => momentum_buffer?.Become(null, device, false);

                public void Dispose() => momentum_buffer?.Dispose();
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
