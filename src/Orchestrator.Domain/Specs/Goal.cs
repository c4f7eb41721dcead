using System.Text.Json.Serialization;

namespace Orchestrator.Domain.Specs;

/// <summary>Which way a metric is better.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Goal>))]
public enum Goal
{
    /// <summary>Less is better.</summary>
    Minimize,

    /// <summary>More is better.</summary>
    Maximize,
}
