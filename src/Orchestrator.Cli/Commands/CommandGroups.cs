namespace Orchestrator.Cli.Commands;

/// <summary>The groups of commands.</summary>
internal static class CommandGroups
{
    /// <summary><c>orch trial</c>: what people do with single trials.</summary>
    public static CommandGroup Trial(CliContext context) => new(
        context,
        "trial",
        "Pause, resume, extend, fork or stop one trial",
        ["orch trial pause 3", "orch trial extend 3 mnist-vae-1 --epochs 60", "orch trial fork 3 --epoch 10 --set learning_rate=0.0005", "orch trial COMMAND --help"],
        new PauseTrialCommand(context),
        new ResumeTrialCommand(context),
        new ExtendTrialCommand(context),
        new ForkTrialCommand(context),
        new StopTrialCommand(context));

    /// <summary><c>orch bench</c>: measurements on recorded results, which train nothing.</summary>
    public static CommandGroup Bench(CliContext context) => new(
        context,
        "bench",
        "Measure parts of this program on recorded results",
        ["orch bench search --table car.csv.gz --algorithm tpe --trials 100 --seeds 20", "orch bench search --help"],
        new BenchSearchCommand(context));

    /// <summary><c>orch token</c>: what lets people and programs in.</summary>
    public static CommandGroup Token(CliContext context) => new(
        context,
        "token",
        "Make tokens for a coordinator's --tokens file",
        ["orch token new --role submitter --name ci --team vision --add-to /etc/orch/tokens"],
        new NewTokenCommand(context));

    /// <summary><c>orch certificates</c>: an authority of one's own, for small installations.</summary>
    public static CommandGroup Certificates(CliContext context) => new(
        context,
        "certificates",
        "Make certificates for coordinators and workers, with an authority of their own",
        ["orch certificates new --out certs --host head.example --host 10.0.0.5"],
        new NewCertificatesCommand(context));
}
