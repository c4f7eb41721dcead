using Xunit;

namespace Orchestrator.TestKit.Kubernetes;

/// <summary>A test on a real control plane; skipped where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ControlPlaneFactAttribute : FactAttribute
{
    public ControlPlaneFactAttribute() => Skip = KubernetesTools.MissingControlPlane!;
}
