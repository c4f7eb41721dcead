namespace Orchestrator.Cli.Local;

/// <summary>Starts hosts. A port, so that supervision is tested without processes.</summary>
internal interface IHostLauncher
{
    /// <summary>Starts a host.</summary>
    IHostProcess Start(HostCommand command);
}
