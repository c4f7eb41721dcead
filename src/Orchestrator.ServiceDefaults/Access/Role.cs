namespace Orchestrator.ServiceDefaults.Access;

/// <summary>What a token or a certificate is good for.</summary>
public enum Role
{
    /// <summary>Sees everything and changes nothing.</summary>
    Viewer,

    /// <summary>A viewer that submits for its team and changes its team's experiments.</summary>
    Submitter,

    /// <summary>A submitter for every team.</summary>
    Admin,

    /// <summary>Trains: keeps a stream to the coordinator and exchanges gradients with other workers. It sees nothing else.</summary>
    Worker,
}
