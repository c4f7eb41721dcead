namespace Orchestrator.ServiceDefaults.Tls;

/// <summary>What a server asks of its clients' certificates.</summary>
public enum ClientCertificates
{
    /// <summary>It does not ask for one.</summary>
    None,

    /// <summary>Who has one presents it; a wrong one ends the connection.</summary>
    Allowed,

    /// <summary>Who has none is not let in.</summary>
    Required,
}
