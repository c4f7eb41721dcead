using Xunit;

namespace Orchestrator.TestKit.Kubernetes;

/// <summary>A test with helm, without a cluster; skipped where helm can't be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute() => Skip = KubernetesTools.MissingTools!;
}
