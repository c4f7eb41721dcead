namespace Orchestrator.Cli.Commands;

/// <summary>A command that needs no coordinator and no state folder: its help does not list the options that lead to them.</summary>
internal interface IStandsAlone;
