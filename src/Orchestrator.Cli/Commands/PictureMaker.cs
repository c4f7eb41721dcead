using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Commands;

/// <summary>Has a worker process draw pictures from a checkpoint.</summary>
internal sealed class PictureMaker(IHostLauncher launcher, StateFolder state, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>Draws.</summary>
    /// <param name="request">What, and where to.</param>
    /// <param name="cancel">Ends the process.</param>
    /// <exception cref="CliException">The process failed; the message has its last words.</exception>
    public async Task DrawAsync(PictureRequest request, CancellationToken cancel)
    {
        state.Create();
        Directory.CreateDirectory(Path.GetDirectoryName(request.Samples)!);
        var command = new HostCommand("generate", HostFactory.WorkerAssembly, Arguments(request), state.LogFile("generate")) { Environment = HostFactory.OneThread };
        using var process = launcher.Start(command);
        int code;
        try
        {
            code = await process.Exited.WaitAsync(Timeout, time, cancel);
        }
        finally
        {
            process.Kill();
        }
        if (code == 0) return;
        var words = LogTail.LastLine(command.LogFile) is { } line ? Format.Line(line, 300) : $"exit code {code}";
        throw new CliException(ExitCode.Environment, request.Checkpoint, $"no picture could be drawn from it ({words})", $"see {command.LogFile}");
    }

    private static List<string> Arguments(PictureRequest request)
    {
        List<string> arguments = ["generate", "--checkpoint", request.Checkpoint, "--out", request.Samples, "--count", $"{request.Count}", "--seed", $"{request.Seed}"];
        if (request.Reconstructions is { } reconstructions) arguments.AddRange(["--reconstructions", reconstructions]);
        return arguments;
    }
}
