using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>Which way a metric is better.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Goal>))]
public enum Goal
{
    /// <summary>Less is better.</summary>
    Minimize,

    /// <summary>More is better.</summary>
    Maximize,
}
