namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Lowers the learning rates when a metric stops improving.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool _minimize;
                    private readonly bool _relative;
                    private readonly double _factor;
                    private readonly int _patience;
                    private readonly double _threshold;
                    private readonly int _cooldown;
                    private readonly IList<double>? _least;
                    private readonly double _eps;
                    private double _best;
                    private int _bad;
                    private int _cooling;

                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4,
                        string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1) throw new ArgumentException("Factor should be < 1.0.");
                        if (mode is not ("min" or "max")) throw new ArgumentException($"mode {mode} is unknown!");
                        if (threshold_mode is not ("rel" or "abs")) throw new ArgumentException($"threshold mode {threshold_mode} is unknown!");
                        (_minimize, _relative) = (mode == "min", threshold_mode == "rel");
                        (_factor, _patience, _threshold, _cooldown, _least, _eps) = (factor, patience, threshold, cooldown, min_lr, eps);
                        _best = _minimize ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    public override void step(int? epoch) =>
                        throw new InvalidOperationException("step() should not be used with the ReduceLROnPlateau scheduler: give it the metric.");

                    public override void step(double current, int? epoch = null)
                    {
                        _step_count++;
                        _last_epoch = epoch ?? _last_epoch + 1;
                        if (Better(current))
                        {
                            _best = current;
                            _bad = 0;
                        }
                        else _bad++;

                        if (_cooling > 0)
                        {
                            _cooling--;
                            _bad = 0;
                        }

                        if (_bad <= _patience) return;
                        Reduce();
                        _cooling = _cooldown;
                        _bad = 0;
                    }

                    private bool Better(double value)
                    {
                        var margin = _relative ? _threshold * _best : _threshold;
                        if (double.IsInfinity(_best)) return _minimize ? value < _best : value > _best;
                        return _minimize ? value < _best - margin : value > _best + margin;
                    }

                    private void Reduce()
                    {
                        var index = 0;
                        foreach (var group in _optimizer.ParamGroups)
                        {
                            var rate = Math.Max(group.LearningRate * _factor, _least is null ? 0 : _least[Math.Min(index, _least.Count - 1)]);
                            if (group.LearningRate - rate > _eps) group.LearningRate = rate;
                            index++;
                        }
                    }
                }
            }
        }
    }
}
