using Orchestrator.Domain.Specs;
using Orchestrator.Domain.Tasks;
using Orchestrator.Specs.Yaml;

namespace Orchestrator.Specs.Reading;

/// <summary>A parameter as the file declares it.</summary>
/// <param name="Spec">What it is.</param>
/// <param name="Section">Where it is.</param>
/// <param name="Known">What the task says of it.</param>
/// <param name="Conditions">When it is there, with places.</param>
internal sealed record DeclaredParameter(ParameterSpec Spec, Section Section, TaskParameter? Known, IReadOnlyList<(ParameterCondition Condition, YamlPosition Position)> Conditions);
