namespace Orchestrator.Domain.Tasks;

/// <summary>What kind of value a task parameter takes.</summary>
public enum TaskParameterKind
{
    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A finite real number; integers are taken too.</summary>
    Real,

    /// <summary>A text, maybe one of a list.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,
}
