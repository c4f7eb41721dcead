using Orchestrator.Cli;
using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;

if (HostPassThrough.TryRun(args, out var exitCode)) return exitCode;

using var interrupts = Interrupts.OfProcess();
return await CommandLine.RunAsync(
    args, new CliContext(Terminal.OfProcess(), TimeProvider.System, interrupts, new DotnetHostLauncher(), TimeProvider.System.GetTimestamp()));
