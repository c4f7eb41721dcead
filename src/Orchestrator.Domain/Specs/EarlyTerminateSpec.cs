using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Specs;

/// <summary>Which trial scheduler stops trials early.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Asha), "asha")]
[JsonDerivedType(typeof(Promotion), "asha_promotion")]
[JsonDerivedType(typeof(Hyperband), "hyperband")]
[JsonDerivedType(typeof(Population), "population")]
[JsonDerivedType(typeof(Wilcoxon), "wilcoxon")]
[JsonDerivedType(typeof(Percentile), "percentile")]
[JsonDerivedType(typeof(Patience), "patience")]
[JsonDerivedType(typeof(Forecast), "forecast")]
public abstract record EarlyTerminateSpec
{
    private EarlyTerminateSpec() { }

    /// <summary>
    /// Asynchronous successive halving, stopping type: at the rungs <c>MinResource * ReductionFactor^k</c> below <c>MaxResource</c>
    /// a trial goes on only in the top <c>1/ReductionFactor</c> of what the rung has seen.
    /// Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020.
    /// </summary>
    /// <param name="MinResource">The first rung, in epochs, at least 1 (r).</param>
    /// <param name="ReductionFactor">Above 1 (eta).</param>
    /// <param name="MaxResource">No rung at or above this, in epochs (R); null: the trial's own end.</param>
    /// <param name="Brackets">How many brackets (s + 1): bracket b begins b rungs later; trials go round them in turn.</param>
    public sealed record Asha(int MinResource = 1, double ReductionFactor = 3, int? MaxResource = null, int Brackets = 1) : EarlyTerminateSpec;

    /// <summary>
    /// Asynchronous successive halving, promotion type: a trial pauses at each rung, and goes on once it is in the top <c>1/ReductionFactor</c> of what
    /// the rung has seen. Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020.
    /// </summary>
    /// <param name="MinResource">The first rung, in epochs, at least 1 (r).</param>
    /// <param name="ReductionFactor">Above 1 (eta).</param>
    /// <param name="MaxResource">No rung at or above this, in epochs (R); null: the trial's own end.</param>
    /// <param name="Brackets">How many brackets (s + 1): bracket b begins b rungs later; trials go round them in turn.</param>
    public sealed record Promotion(int MinResource = 1, double ReductionFactor = 3, int? MaxResource = null, int Brackets = 1) : EarlyTerminateSpec;

    /// <summary>
    /// Hyperband: brackets of successive halving from many short trials to few whole ones, one after another; at a rung a bracket's trials pause until
    /// all of them are there. Li et al., Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization, JMLR 2018.
    /// </summary>
    /// <param name="MaxResource">A whole training, in epochs (R).</param>
    /// <param name="MinResource">The least first rung, in epochs, at least 1.</param>
    /// <param name="ReductionFactor">Above 1 (eta).</param>
    public sealed record Hyperband(int MaxResource, int MinResource = 1, double ReductionFactor = 3) : EarlyTerminateSpec;

    /// <summary>
    /// Population based training: at each interval the worst trials are replaced by forks of the best ones, with other parameters. The population is the
    /// budget of trials. Jaderberg et al., Population Based Training of Neural Networks, 2017; with <paramref name="Bandit"/> PB2: Parker-Holder et
    /// al., Provably Efficient Online Hyperparameter Optimization with Population-Based Bandits, NeurIPS 2020.
    /// </summary>
    /// <param name="Interval">Epochs between two comparisons, at least 1.</param>
    /// <param name="Share">The share that is replaced, and the share that is forked, above 0 and at most one half.</param>
    /// <param name="Resample">The probability that a parameter is drawn anew instead of moved a little, from 0 to 1; not for PB2.</param>
    /// <param name="Mutate">The parameters that change; null: those with a continuous range.</param>
    /// <param name="Bandit">Whether a model of what made trials better chooses the parameters (PB2).</param>
    public sealed record Population(int Interval, double Share = 0.25, double Resample = 0.25, IReadOnlyList<string>? Mutate = null, bool Bandit = false) : EarlyTerminateSpec;

    /// <summary>
    /// A point gets no further repeat, and those that run stop, once its finished repeats are significantly worse than the best point's with the same
    /// seeds. Wilcoxon, Individual Comparisons by Ranking Methods, 1945 (signed ranks, one-sided).
    /// </summary>
    /// <param name="Significance">The probability of stopping a point that is as good as the best, above 0 and below 1; four repeats can't be told apart below 1/16.</param>
    public sealed record Wilcoxon(double Significance = 0.1) : EarlyTerminateSpec;

    /// <summary>
    /// A trial goes on only while its best value so far is in the best <paramref name="Share"/> of the best values that trials had at the same epoch;
    /// one half is the median rule. Golovin et al., Google Vizier: A Service for Black-Box Optimization, KDD 2017.
    /// </summary>
    /// <param name="Share">Above 0 and below 1.</param>
    /// <param name="MinResource">No trial stops before this, in epochs, at least 1.</param>
    /// <param name="MinTrials">No trial stops before so many have come as far, at least 1.</param>
    /// <param name="Every">Epochs between two checks, at least 1.</param>
    public sealed record Percentile(double Share = 0.5, int MinResource = 1, int MinTrials = 5, int Every = 1) : EarlyTerminateSpec;

    /// <summary>A trial stops when it has not got better for a while, whatever others do.</summary>
    /// <param name="Epochs">How long it may go without getting better, at least 1.</param>
    /// <param name="MinDelta">Getting better by no more than this does not count, at least 0.</param>
    /// <param name="MinResource">No trial stops before this, in epochs, at least 1.</param>
    public sealed record Patience(int Epochs, double MinDelta = 0, int MinResource = 1) : EarlyTerminateSpec;

    /// <summary>
    /// Freeze and thaw: a trial's end is foretold from its curve and those of all others, and at each milestone it goes on while that is among the best <c>Share · MinResource / resource</c> of
    /// all trials; else it pauses, and goes on once it is. After Swersky et al., Freeze-Thaw Bayesian Optimization, arXiv 1406.3896.
    /// </summary>
    /// <param name="Share">The share of the trials that goes on at <paramref name="MinResource"/>, above 0 and at most 1.</param>
    /// <param name="MinTrials">No trial pauses before so many have come to <paramref name="MinResource"/>, at least 1.</param>
    /// <param name="MinResource">No trial pauses before this, in epochs, at least 1.</param>
    public sealed record Forecast(double Share = 0.5, int MinTrials = 8, int MinResource = 6) : EarlyTerminateSpec;
}
