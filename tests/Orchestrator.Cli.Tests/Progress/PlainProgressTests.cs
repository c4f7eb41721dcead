using Orchestrator.Cli.Progress;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Cli.Tests.Progress;

public sealed class PlainProgressTests
{
    [Fact]
    public void Show_ALifeOfTwoTrials_WritesOneLineForEachChange()
    {
        var time = new FakeTimeProvider();
        var output = new StringWriter { NewLine = "\n" };
        var progress = new PlainProgress(output, time);
        var view = new ExperimentView();
        var one = Trials.Of(1, "running");

        Show();
        Show(one);
        Show(one = With(one, trial => trial.Progress = new TrialProgress { Step = 5, Loss = 300 }));
        Show(one = With(one, trial =>
        {
            trial.Epoch = 1;
            trial.Metrics["validation_elbo"] = -120.5;
            trial.Findings.Add("exploding: its gradient");
            trial.Progress = new TrialProgress { Step = 70, Loss = 141.25, SamplesPerSecond = 11234, EtaSeconds = 45 };
        }));
        progress.Note("worker-1 ended with exit code 137; starting it again");
        Show(one = With(one, trial => (trial.Status, trial.Reason) = ("waiting", "lost worker-1")));
        Show(one = With(one, trial => trial.WaitsFor = "Position 1 of 1."));
        Show(one = With(one, trial => (trial.Status, trial.Attempt, trial.WaitsFor) = ("running", 2, "")));
        Show(Trials.Of(2, "stopped", 3, -130.5), With(one, trial => (trial.Status, trial.Epoch, trial.BestMetric, trial.BestEpoch) = ("completed", 10, -104.25, 9)));

        Assert.Equal(
            """
            [  1.0s] a-1: 2 trials of vae on 2 ranks each, to maximize validation_elbo
            [  2.0s] trial 1  started  learning_rate=0.001235 batch_size=128
            [  4.0s] trial 1  epoch 1/10  loss 141.25  validation_elbo -120.5  11,234 samples/s  ETA 45s
            [  4.0s] trial 1  health: exploding: its gradient
            [  4.0s] worker-1 ended with exit code 137; starting it again
            [  5.0s] trial 1  interrupted: lost worker-1
            [  6.0s] trial 1  waits: Position 1 of 1.
            [  7.0s] trial 1  started again, attempt 2, from epoch 1
            [  8.0s] trial 2  epoch 3/10  loss 141.25  validation_elbo -130.5
            [  8.0s] trial 2  stopped at epoch 3/10  best validation_elbo -130.5 at epoch 3
            [  8.0s] trial 1  epoch 10/10  validation_elbo -120.5
            [  8.0s] trial 1  completed at epoch 10/10  best validation_elbo -104.25 at epoch 9

            """.ReplaceLineEndings("\n"),
            output.ToString());

        void Show(params Trial[] changed)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            view.Apply(new ExperimentUpdate { Experiment = FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch), Trials = { changed } });
            progress.Show(view, changed);
        }
    }

    private static Trial With(Trial trial, Action<Trial> change)
    {
        var copy = trial.Clone();
        change(copy);
        return copy;
    }
}
