using System.Net;
using Orchestrator.Domain.Errors;

namespace Orchestrator.ServiceDefaults.Access;

/// <summary>Authentication is off only on loopback, unless an operator asks for that in so many words.</summary>
public static class ListeningCheck
{
    /// <summary>Whether everybody may do everything.</summary>
    /// <param name="address">Where the host listens.</param>
    /// <param name="isAuthenticated">Whether it knows who calls.</param>
    /// <param name="insecure">Whether the operator said that it need not.</param>
    /// <param name="remedy">Which options make it know.</param>
    /// <exception cref="OrchestratorException">The host would be open to a network.</exception>
    public static bool IsOpen(IPAddress address, bool isAuthenticated, bool insecure, string remedy)
    {
        if (isAuthenticated) return false;
        if (insecure || IPAddress.IsLoopback(address)) return true;
        throw new OrchestratorException("access.open", $"--bind {address} would let everybody who reaches that address run programs here: {remedy}, or say --insecure where the network itself keeps strangers out.");
    }
}
