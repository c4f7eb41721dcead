using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>What is done about a failed attempt.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<FailureAction>))]
public enum FailureAction
{
    /// <summary>The trial fails: it would fail again.</summary>
    Fail,

    /// <summary>The trial is tried again, as if a worker had been lost.</summary>
    Retry,

    /// <summary>The trial is tried again, and no trial of the experiment runs on that host any more.</summary>
    ExcludeNode,
}
