namespace Orchestrator.Specs.Keys;

/// <summary>The keys of one parameter.</summary>
internal static class ParameterKeys
{
    public static readonly ScalarKey Value = new("value", "The only value.");
    public static readonly ScalarListKey Values = new("values", "The values to choose from.");
    public static readonly ScalarListKey Probabilities = new("probabilities", "How likely each of the values is; they sum to 1.");
    public static readonly NumberKey Min = new("min", "The least value; for log_uniform, q_log_uniform and inv_log_uniform its exponent to base e.");
    public static readonly NumberKey Max = new("max", "The greatest value; for log_uniform, q_log_uniform and inv_log_uniform its exponent to base e.");
    public static readonly NumberKey Mu = new("mu", "The mean of a normal; 0 without it.");
    public static readonly NumberKey Sigma = new("sigma", "The standard deviation of a normal; 1 without it.", 0);
    public static readonly NumberKey A = new("a", "beta: the first shape; 1 without it.", 0);
    public static readonly NumberKey B = new("b", "beta: the second shape; 1 without it.", 0);
    public static readonly TextKey Expression = new("expression", "Computed, not searched: an expression over other parameters, such as 'batch_size * 2'.");
    public static readonly WhenKey When = new("when", "The parameter is there only while others have these values, such as {optimizer: sgd} or {optimizer: [sgd, adamw]}.");
    public static readonly NumberKey Q = new("q", "The quantum: values are its multiples; 1 without it.", 0);
    public static readonly ChoiceKey<DistributionWord> Distribution = new("distribution", "How values are spread; without it: constant for a value, categorical for values, int_uniform for whole ends, derived for an expression, else uniform.",
        [.. DistributionWord.All.Select(d => (d.Word, d))]);
    public static readonly ParametersKey Nested = new("parameters", "Parameters within this one; their names are joined with a dot.");

    public static readonly KeyTable Table = new("Parameter", Value, Values, Probabilities, Distribution, Min, Max, Mu, Sigma, A, B, Q, Expression, When, Nested);
}
