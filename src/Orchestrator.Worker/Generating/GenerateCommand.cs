using System.CommandLine;
using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Hosting;
using Orchestrator.Tasks;
using Orchestrator.Training.Sampling;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Generating;

/// <summary><c>generate</c>: makes pictures with a checkpoint's model, in a process that may load libtorch.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var checkpoint = new Option<string>("--checkpoint") { Description = "The checkpoint's folder: a path or a file: URI.", Required = true };
        var output = new Option<string>("--out") { Description = "The PNG file of generated images.", Required = true };
        var reconstructions = new Option<string?>("--reconstructions") { Description = "The PNG file of validation images and their reconstructions." };
        var count = new Option<int>("--count") { Description = "How many images, 1 to 1024.", DefaultValueFactory = _ => 64 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > SampleWriter.MaximumCount) result.AddError($"--count: 1 to {SampleWriter.MaximumCount}.");
        });
        var seed = new Option<long>("--seed") { Description = "Equal seeds give equal images." };
        var command = new Command("generate", "Make pictures with a checkpoint's model.") { checkpoint, output, reconstructions, count, seed };
        command.SetAction(parsed => Write(parsed.GetValue(checkpoint)!, parsed.GetValue(output)!, parsed.GetValue(reconstructions), parsed.GetValue(count), parsed.GetValue(seed)));
        return command;
    }

    private static int Write(string checkpoint, string output, string? reconstructions, int count, long seed)
    {
        NativeEnvironment.Prepare();
        try
        {
            var writer = new SampleWriter(TaskCatalog.BuiltIn);
            writer.WriteSamples(checkpoint, output, count, seed);
            if (reconstructions is not null) writer.WriteReconstructions(checkpoint, reconstructions);
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is OrchestratorException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: generate: {exception.Message}");
            return ExitCodes.Environment;
        }
    }
}
