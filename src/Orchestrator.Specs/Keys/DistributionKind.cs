namespace Orchestrator.Specs.Keys;

/// <summary>The distributions by the words of a sweep file.</summary>
internal enum DistributionKind
{
    Constant,
    Categorical,
    IntUniform,
    Uniform,
    LogUniform,
    LogUniformValues,
    InverseLogUniform,
    InverseLogUniformValues,
    Normal,
    LogNormal,
    Ordinal,
    Beta,
    Derived,
}
