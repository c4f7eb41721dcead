namespace Orchestrator.Kubernetes.Access;

/// <summary>Gives the bearer token of a request.</summary>
internal interface ITokenSource
{
    /// <summary>The token now.</summary>
    /// <param name="refused">The server refused the one given last: take no remembered one.</param>
    string Read(bool refused);
}
