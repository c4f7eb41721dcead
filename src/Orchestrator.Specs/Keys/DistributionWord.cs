namespace Orchestrator.Specs.Keys;

/// <summary>A word for a distribution.</summary>
/// <param name="Word">As in a sweep file.</param>
/// <param name="Kind">The distribution.</param>
/// <param name="Quantised">Whether its values are rounded to multiples of <c>q</c>.</param>
internal readonly record struct DistributionWord(string Word, DistributionKind Kind, bool Quantised = false)
{
    public static readonly DistributionWord Constant = new("constant", DistributionKind.Constant);
    public static readonly DistributionWord Categorical = new("categorical", DistributionKind.Categorical);
    public static readonly DistributionWord IntUniform = new("int_uniform", DistributionKind.IntUniform);
    public static readonly DistributionWord Uniform = new("uniform", DistributionKind.Uniform);

    public static readonly DistributionWord Derived = new("derived", DistributionKind.Derived);

    /// <summary>All of them: W&amp;B's, and two of our own.</summary>
    public static readonly IReadOnlyList<DistributionWord> All =
    [
        Constant,
        Categorical,
        new("categorical_w_probabilities", DistributionKind.Categorical),
        IntUniform,
        Uniform,
        new("q_uniform", DistributionKind.Uniform, true),
        new("log_uniform", DistributionKind.LogUniform),
        new("q_log_uniform", DistributionKind.LogUniform, true),
        new("log_uniform_values", DistributionKind.LogUniformValues),
        new("q_log_uniform_values", DistributionKind.LogUniformValues, true),
        new("inv_log_uniform", DistributionKind.InverseLogUniform),
        new("inv_log_uniform_values", DistributionKind.InverseLogUniformValues),
        new("normal", DistributionKind.Normal),
        new("q_normal", DistributionKind.Normal, true),
        new("log_normal", DistributionKind.LogNormal),
        new("q_log_normal", DistributionKind.LogNormal, true),
        new("beta", DistributionKind.Beta),
        new("q_beta", DistributionKind.Beta, true),
        new("ordinal", DistributionKind.Ordinal),
        Derived,
    ];
}
