namespace Orchestrator.Kubernetes.Tests.Support;

internal sealed record SeenRequest(string Method, string Path, string Body, string Authorization, string? ContentType);
