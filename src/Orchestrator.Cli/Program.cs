using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Orchestrator.Cli;
using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;
using Orchestrator.ServiceDefaults.Telemetry;

if (HostPassThrough.TryRun(args, out var exitCode)) return exitCode;

using var tracing = Tracing.Start(new ConfigurationBuilder().AddEnvironmentVariables().Build(), "orchestrator-cli");
using var span = Tracing.Source.StartActivity(args is [var command, ..] ? "orch " + command : "orch", ActivityKind.Client);
using var interrupts = Interrupts.OfProcess();
return await CommandLine.RunAsync(
    args, new CliContext(Terminal.OfProcess(), TimeProvider.System, interrupts, new DotnetHostLauncher(), TimeProvider.System.GetTimestamp()));
