using System.Net;
using Orchestrator.Domain.Errors;

namespace Orchestrator.Kubernetes.Client;

/// <summary>The API server refused a request, could not be reached, or said something that can't be read.</summary>
public sealed class KubernetesException : OrchestratorException
{
    /// <summary>Makes an error.</summary>
    /// <param name="code">A stable code: <c>kubernetes.refused</c>, <c>kubernetes.unreachable</c>, <c>kubernetes.protocol</c> or <c>kubernetes.access</c>.</param>
    /// <param name="message">What was wrong, where, and what to do.</param>
    /// <param name="inner">The cause, if another exception is.</param>
    public KubernetesException(string code, string message, Exception? inner = null) : base(code, message, inner) { }

    /// <summary>The HTTP status of the answer; null: there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The server's own word for it, such as <c>NotFound</c> or <c>AlreadyExists</c>; null: it gave none.</summary>
    public string? Reason { get; init; }

    internal bool IsNotFound => Status == HttpStatusCode.NotFound;

    internal bool IsConflict => Status == HttpStatusCode.Conflict;

    /// <summary>A resource version or a page token that the server no longer has.</summary>
    internal bool IsGone => Status == HttpStatusCode.Gone || Reason is "Expired" or "Gone";

    internal static KubernetesException Refused(HttpMethod method, string path, HttpStatusCode status, string? reason, string? message) =>
        new("kubernetes.refused", $"The Kubernetes API server refused {method} {path} with {(int)status}{(reason is null ? "" : $" {reason}")}: {message ?? "it did not say why"}")
        {
            Status = status,
            Reason = reason,
        };

    internal static KubernetesException Unreachable(Uri server, Exception inner) =>
        new("kubernetes.unreachable", $"The Kubernetes API server at {server} can't be reached: {inner.Message}", inner);

    internal static KubernetesException Protocol(string what, Exception? inner = null) =>
        new("kubernetes.protocol", $"The Kubernetes API server sent what can't be read: {what}", inner);

    internal static KubernetesException Access(string what, Exception? inner = null) => new("kubernetes.access", what, inner);
}
