using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Tasks;

namespace Orchestrator.Specs.Tests;

/// <summary>A small catalogue of tasks and short ways to read a text against it.</summary>
internal static class SweepFiles
{
    public static readonly TaskSchema Vae = new(
        "vae",
        "A variational autoencoder.",
        [
            new("epochs", TaskParameterKind.Integer, 1, 1_000_000, null, ParameterValue.Of(10L), "Passes."),
            new("batch_size", TaskParameterKind.Integer, 1, 1_048_576, null, ParameterValue.Of(128L), "Samples of one step."),
            new("learning_rate", TaskParameterKind.Real, 1e-9, 100, null, ParameterValue.Of(1e-3), "Step size."),
            new("optimizer", TaskParameterKind.Text, null, null, ["adam", "adamw", "sgd"], ParameterValue.Of("adam"), "The optimizer."),
            new("weight_decay", TaskParameterKind.Real, 0, 1, null, ParameterValue.Of(0.0), "Decay."),
            new("beta", TaskParameterKind.Real, 0, 1000, null, ParameterValue.Of(1.0), "Weight of the divergence."),
            new("hidden_size", TaskParameterKind.Integer, 1, 65536, null, ParameterValue.Of(400L), "Units."),
            new("latent_size", TaskParameterKind.Integer, 1, 65536, null, ParameterValue.Of(20L), "Units."),
            new("optim.gain", TaskParameterKind.Real, null, null, null, null, "Nested, unbounded."),
            new("privacy_epsilon", TaskParameterKind.Real, 0, 1e4, null, ParameterValue.Of(0.0), "Budget."),
            new("privacy_clip", TaskParameterKind.Real, 1e-9, 1e6, null, ParameterValue.Of(1.0), "Norm."),
            new("tied", TaskParameterKind.Flag, null, null, null, ParameterValue.Of(false), "A flag."),
        ],
        ["train_loss", "validation_elbo"],
        ["mnist", "idx"]);

    public static readonly SweepFileContext Context = new()
    {
        BaseDirectory = "/sweeps",
        Tasks = new Dictionary<string, TaskSchema>(StringComparer.Ordinal)
        {
            ["vae"] = Vae,
            ["ring"] = new("ring", "Makes its own data.", [new("epochs", TaskParameterKind.Integer, 1, 100, null, null, "Passes.")], ["loss"], []),
        },
    };

    /// <summary>The keys that every sweep needs, without parameters: seven lines.</summary>
    public const string Head = """
        task: vae
        dataset: mnist
        method: random
        run_cap: 4
        metric:
          name: validation_elbo
          goal: maximize

        """;

    public static SweepFileResult Parse(string text) => SweepFile.Parse(text.ReplaceLineEndings("\n"), Context);

    /// <summary>Reads the seven lines of <see cref="Head"/> and one parameter in flow style on line 9.</summary>
    public static SweepFileResult ParseParameter(string name, string value) => Parse($"{Head}parameters:\n  {name}: {value}\n");

    public static string Text(IEnumerable<SpecError> errors) => string.Join("\n", errors);
}
