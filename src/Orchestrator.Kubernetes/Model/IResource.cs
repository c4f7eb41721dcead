namespace Orchestrator.Kubernetes.Model;

/// <summary>An object of the API server.</summary>
internal interface IResource
{
    ObjectMeta Metadata { get; }
}
