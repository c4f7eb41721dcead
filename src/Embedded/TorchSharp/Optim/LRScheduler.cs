namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimizer's groups, once per call of <see cref="step()"/>.</summary>
            public abstract class LRScheduler
            {
                protected int _step_count;

                internal Optimizer _optimizer = null!;
                internal int _last_epoch = -1;

                private readonly bool _verbose;
                private readonly List<double> _baseRates = [];
                private readonly List<double> _lastRates = [];

                protected LRScheduler()
                {
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    (_optimizer, _last_epoch, _verbose) = (optimizer, last_epoch, verbose);
                    _baseRates.AddRange(optimizer.ParamGroups.Select(group => group.InitialLearningRate));
                    _lastRates.AddRange(optimizer.ParamGroups.Select(group => group.LearningRate));
                }

                private protected IReadOnlyList<double> BaseRates => _baseRates;

                private protected IEnumerable<double> Rates => _optimizer.ParamGroups.Select(group => group.LearningRate);

                public virtual void step() => step(null);

                /// <param name="epoch">Where to be, by the closed form; null: one further.</param>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? _last_epoch + 1;
                    // Once per step: some schedulers change their state in get_lr.
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToList();
                    var index = 0;
                    foreach (var group in _optimizer.ParamGroups)
                    {
                        if (_verbose && _lastRates[index] != rates[index]) Console.WriteLine($"Adjusting learning rate to {rates[index]}");
                        group.LearningRate = _lastRates[index] = rates[index];
                        index++;
                    }
                }

                /// <param name="current">A metric, which only <see cref="ReduceLROnPlateau"/> minds.</param>
                /// <param name="epoch">As <see cref="step(int?)"/>.</param>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => _lastRates;

                protected virtual IEnumerable<double> get_lr() => Rates;

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected IEnumerable<double> Current(double factor) => Rates.Select(rate => rate * factor);
            }
        }
    }
}
