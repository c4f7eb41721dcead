using Orchestrator.TestKit.Kubernetes;

namespace Orchestrator.Functional.Tests.Cluster;

/// <summary>Tests that share one control plane; each takes a namespace of its own.</summary>
[CollectionDefinition(nameof(ClusterCollection))]
public sealed class ClusterCollection : ICollectionFixture<ControlPlane>;
