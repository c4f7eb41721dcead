using System.Text.Json.Serialization;
using Orchestrator.Domain.Json;

namespace Orchestrator.Domain.Specs;

/// <summary>What can go wrong with a training that goes on all the same.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<HealthProblem>))]
public enum HealthProblem
{
    /// <summary>A loss or gradient is no finite number any more. Training ends in any case; as a rule it ends without having failed.</summary>
    Nan,

    /// <summary>Gradients are far longer than they were.</summary>
    Exploding,

    /// <summary>Gradients have become so short that nothing is learned.</summary>
    Vanishing,

    /// <summary>A generator makes few of the kinds of things that there are, or its discriminator leaves it nothing to learn from.</summary>
    Collapse,
}
