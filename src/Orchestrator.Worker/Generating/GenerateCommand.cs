using System.CommandLine;
using Orchestrator.Domain.Errors;
using Orchestrator.ServiceDefaults.Hosting;
using Orchestrator.Tasks;
using Orchestrator.Training.Sampling;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Generating;

/// <summary><c>generate</c>: makes pictures and texts with a checkpoint's model, in a process that may load libtorch.</summary>
internal sealed class GenerateCommand : Command
{
    private readonly Option<string> _checkpoint = new("--checkpoint") { Description = "The checkpoint's folder: a path or a file: URI.", Required = true };
    private readonly Option<string> _output = new("--out") { Description = "The file of samples; without an extension, it gets that of what the model makes.", Required = true };
    private readonly Option<string?> _reconstructions = new("--reconstructions") { Description = "The PNG file of validation images and their reconstructions." };
    private readonly Option<string?> _explanations = new("--explanations") { Description = "The folder for curves of the metrics and walks through the latent space." };
    private readonly Option<int?> _count = new("--count") { Description = "How many samples, 1 to 1024." };
    private readonly Option<long> _seed = new("--seed") { Description = "Equal seeds give equal samples." };
    private readonly Option<string> _prompt = new("--prompt") { Description = "What samples begin with.", DefaultValueFactory = _ => "" };
    private readonly Option<int?> _length = new("--length") { Description = "Characters to write, or samples of a sound." };
    private readonly Option<double> _temperature = new("--temperature") { Description = "How freely characters are chosen.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _topK = new("--top-k") { Description = "Choose among so many of the likeliest; 0: all." };
    private readonly Option<double> _topP = new("--top-p") { Description = "Choose among the likeliest that have this probability together.", DefaultValueFactory = _ => 1 };

    public GenerateCommand()
        : base("generate", "Make samples with a checkpoint's model.")
    {
        foreach (var option in (Option[])[_checkpoint, _output, _reconstructions, _explanations, _count, _seed, _prompt, _length, _temperature, _topK, _topP]) Add(option);
        _count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > SampleWriter.MaximumCount) result.AddError($"--count: 1 to {SampleWriter.MaximumCount}.");
        });
        SetAction(Write);
    }

    private int Write(ParseResult parsed)
    {
        NativeEnvironment.Prepare();
        try
        {
            var writer = new SampleWriter(TaskCatalog.BuiltIn);
            var checkpoint = parsed.GetRequiredValue(_checkpoint);
            writer.WriteSamples(checkpoint, parsed.GetRequiredValue(_output), Request(parsed));
            if (parsed.GetValue(_reconstructions) is { } reconstructions) writer.WriteReconstructions(checkpoint, reconstructions);
            if (parsed.GetValue(_explanations) is { } explanations) writer.WriteExplanations(checkpoint, explanations);
            return ExitCodes.Ok;
        }
        catch (Exception exception) when (exception is OrchestratorException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: generate: {exception.Message}");
            return ExitCodes.Environment;
        }
    }

    private SampleRequest Request(ParseResult parsed) => new()
    {
        Count = parsed.GetValue(_count),
        Seed = parsed.GetValue(_seed),
        Prompt = parsed.GetRequiredValue(_prompt),
        Length = parsed.GetValue(_length),
        Choice = new TokenChoice { Temperature = parsed.GetValue(_temperature), TopK = parsed.GetValue(_topK), TopP = parsed.GetValue(_topP) },
    };
}
