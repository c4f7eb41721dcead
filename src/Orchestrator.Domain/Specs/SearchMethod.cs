using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>Which search algorithm proposes.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SearchMethod>))]
public enum SearchMethod
{
    /// <summary>Independent draws.</summary>
    Random,

    /// <summary>Every combination, in a fixed order.</summary>
    Grid,

    /// <summary>The product's choice: a Gaussian process while trials are few, then Parzen estimators.</summary>
    Auto,

    /// <summary>Tree-structured Parzen estimators.</summary>
    Tpe,

    /// <summary>A Gaussian process with expected improvement.</summary>
    Gp,

    /// <summary>A scrambled Halton sequence: fills the space more evenly than independent draws.</summary>
    Halton,

    /// <summary>Regularised evolution.</summary>
    Evolution,

    /// <summary>A scrambled Sobol sequence: fills the space more evenly still, best at powers of two.</summary>
    Sobol,

    /// <summary>Covariance matrix adaptation, with restarts.</summary>
    CmaEs,

    /// <summary>Non-dominated sorting, for several metrics.</summary>
    Nsga2,

    /// <summary>Parzen estimators of what trials measured at the latest epoch that enough of them have reached; for schedulers with rungs.</summary>
    Bohb,
}
