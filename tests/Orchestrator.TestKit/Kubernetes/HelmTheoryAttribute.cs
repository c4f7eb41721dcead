using Xunit;

namespace Orchestrator.TestKit.Kubernetes;

/// <summary>Tests with helm, without a cluster; skipped where helm can't be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmTheoryAttribute : TheoryAttribute
{
    public HelmTheoryAttribute() => Skip = KubernetesTools.MissingTools!;
}
