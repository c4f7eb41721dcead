using Orchestrator.Cli.Local;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Commands;

/// <summary>Has a worker process make samples with a checkpoint.</summary>
internal sealed class PictureMaker(IHostLauncher launcher, StateFolder state, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private static readonly string[] Extensions = [".png", ".txt", ".wav"];

    /// <summary>Draws.</summary>
    /// <param name="request">What, and where to.</param>
    /// <param name="cancel">Ends the process.</param>
    /// <returns>The file of samples, or null when the model makes none.</returns>
    /// <exception cref="CliException">The process failed; the message has its last words.</exception>
    public async Task<string?> DrawAsync(PictureRequest request, CancellationToken cancel)
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
        if (code == 0) return Written(request.Samples);
        var words = LogTail.LastLine(command.LogFile) is { } line ? Format.Line(line, 300) : $"exit code {code}";
        throw new CliException(ExitCode.Environment, request.Checkpoint, $"no picture could be drawn from it ({words})", $"see {command.LogFile}");
    }

    /// <summary>The file that was written: with the model's own extension, if the request had none.</summary>
    private static string? Written(string samples) => Path.HasExtension(samples)
        ? Existing(samples)
        : Extensions.Select(extension => new FileInfo(samples + extension)).Where(file => file.Exists).MaxBy(file => file.LastWriteTimeUtc)?.FullName;

    private static string? Existing(string file) => File.Exists(file) ? file : null;

    private static List<string> Arguments(PictureRequest request)
    {
        List<string> arguments = ["generate", "--checkpoint", request.Checkpoint, "--out", request.Samples, "--seed", $"{request.Seed}", .. request.Further];
        if (request.Count is { } count) arguments.AddRange(["--count", $"{count}"]);
        if (request.Reconstructions is { } reconstructions) arguments.AddRange(["--reconstructions", reconstructions]);
        if (request.Explanations is { } explanations) arguments.AddRange(["--explanations", explanations]);
        return arguments;
    }
}
