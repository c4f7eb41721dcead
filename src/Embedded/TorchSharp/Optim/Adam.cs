using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Kingma and Ba, Adam: A Method for Stochastic Optimization (2015); with AMSGrad (Reddi et al., 2018) on demand.</summary>
        public class Adam : OptimizerHelper, optim.IBetas
        {
            public Adam(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters.ToList() }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            public Adam(
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

            public override void add_param_group(Modules.ParamGroup param_group)
            {
                var options = (Options?)param_group.Options ?? new Options();
                param_group.Options = options;
                options.LearningRate ??= Defaults.LearningRate;
                options.beta1 ??= Defaults.beta1;
                options.beta2 ??= Defaults.beta2;
                options.eps ??= Defaults.eps;
                options.weight_decay ??= Defaults.weight_decay;
                options.amsgrad ??= Defaults.amsgrad;
                options.maximize ??= Defaults.maximize;
                options.InitialLearningRate = options.LearningRate!.Value;
                base.add_param_group(param_group);
                foreach (var parameter in param_group.Parameters)
                {
                    var state = new State(parameter);
                    _state[parameter.Handle] = state;
                    state.Initialize(options);
                }
            }

            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                DisposeStates();
            }

            private void Step(ParamGroup group)
            {
                var options = group.Options;
                var native = new AdamStep
                {
                    LearningRate = options.LearningRate!.Value,
                    Beta1 = options.beta1!.Value,
                    Beta2 = options.beta2!.Value,
                    Epsilon = options.eps!.Value,
                    WeightDecay = options.weight_decay!.Value,
                    Maximize = options.maximize!.Value ? 1 : 0,
                    Decoupled = 0,
                };
                var slots = Slots<State>(group);
                using var table = new HandleTable(slots.Length, rows: 4);
                for (var i = 0; i < slots.Length; i++)
                {
                    var (parameter, state) = slots[i];
                    table.Set(i, parameter.Handle, state.exp_avg.Handle, state.exp_avg_sq.Handle, state.max_exp_avg_sq?.Handle ?? 0);
                    table.Steps[i] = state.step;
                }

                table.Adam(native, options.amsgrad!.Value);
                for (var i = 0; i < slots.Length; i++) slots[i].State.step = table.Steps[i];
            }

            public class Options : OptimizerOptions
            {
                public double? beta1;
                public double? beta2;
                public double? weight_decay;
                public double? eps;
                public bool? amsgrad;
                public bool? maximize;

                public override void LoadStateDict(OptimizerOptions source)
                {
                    base.LoadStateDict(source);
                    var other = (Options)source;
                    (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
                    (amsgrad, maximize) = (other.amsgrad, other.maximize);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    beta1 = reader.ReadDouble();
                    beta2 = reader.ReadDouble();
                    eps = reader.ReadDouble();
                    weight_decay = reader.ReadDouble();
                    amsgrad = reader.ReadBoolean();
                    maximize = reader.ReadBoolean();
                }

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    writer.Write(beta1!.Value);
                    writer.Write(beta2!.Value);
                    writer.Write(eps!.Value);
                    writer.Write(weight_decay!.Value);
                    writer.Write(amsgrad!.Value);
                    writer.Write(maximize!.Value);
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

                public override void Initialize(OptimizerOptions options)
                {
                    Dispose();
                    step = 0;
                    exp_avg = Zeros(_parameter);
                    exp_avg_sq = Zeros(_parameter);
                    max_exp_avg_sq = ((Options)options).amsgrad == true ? Zeros(_parameter) : null;
                }

                public override void LoadStateDict(OptimizerState source)
                {
                    var other = (State)source;
                    step = other.step;
                    Replace(ref exp_avg!, other.exp_avg, _parameter);
                    Replace(ref exp_avg_sq!, other.exp_avg_sq, _parameter);
                    Replace(ref max_exp_avg_sq, other.max_exp_avg_sq, _parameter);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    step = reader.ReadInt64();
                    exp_avg.Load(reader);
                    exp_avg_sq.Load(reader);
                    LoadConditionalStateTensor(reader, ref max_exp_avg_sq, _parameter.device);
                }

                public override void SaveStateDict(BinaryWriter writer)
                {
                    writer.Write(step);
                    exp_avg.Save(writer);
                    exp_avg_sq.Save(writer);
                    SaveConditionalStateTensor(writer, max_exp_avg_sq);
                }

                public override bool ApproximatelyEquals(OptimizerState other) =>
                    other is State state && step == state.step && exp_avg.allclose(state.exp_avg) && exp_avg_sq.allclose(state.exp_avg_sq) &&
                    (max_exp_avg_sq is null || (state.max_exp_avg_sq is not null && max_exp_avg_sq.allclose(state.max_exp_avg_sq)));

                public override void to(Device device)
                {
                    exp_avg.Become(null, device, false);
                    exp_avg_sq.Become(null, device, false);
                    max_exp_avg_sq?.Become(null, device, false);
                }

                public void Dispose()
                {
                    exp_avg?.Dispose();
                    exp_avg_sq?.Dispose();
                    max_exp_avg_sq?.Dispose();
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(
                IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<Adam.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
