using Orchestrator.Collectives;
using Orchestrator.Training.Health;
using Orchestrator.Training.Tasks;
using Orchestrator.Training.Trials;
using static TorchSharp.torch;

namespace Orchestrator.Training.Engine;

/// <summary>
/// Turns a loss into an update of a network's parameters: gradients of this rank's rows, divided by the rows of the global batch, summed
/// over the ranks. The all-reduce carries along the loss and whether a rank was asked to stop, so that the ranks agree without a further call.
/// Where the rows come in several parts, gradients and losses add up until the last one.
/// </summary>
/// <param name="state">What is trained.</param>
/// <param name="group">The ranks.</param>
/// <param name="health">Watches.</param>
/// <param name="batchSize">Rows of a batch; of batches whose size varies, their mean.</param>
internal sealed class GradientStep(TrainingState state, IProcessGroup group, HealthMonitor health, int batchSize)
{
    private const int StopSlot = 0;
    private const int SaveSlot = 1;
    private const int LossSlot = 2;

    private int _globalRows;
    private int _taken;
    private double _scheduled;
    private StopRequest _own;
    private CancellationToken _abort;
    private bool _isFirstPart;
    private bool _isLastPart;

    /// <summary>What any rank asked for by the time of this step; the same on all ranks.</summary>
    internal StopRequest Agreed { get; private set; }

    /// <summary>Prepares for the updates of one step.</summary>
    /// <param name="globalRows">Rows of the global batch.</param>
    /// <param name="scheduled">What the learning rate is of the trial's.</param>
    /// <param name="own">What this rank was asked for.</param>
    /// <param name="abort">Ends a pending collective.</param>
    internal void Begin(int globalRows, double scheduled, StopRequest own, CancellationToken abort)
    {
        (_globalRows, _scheduled, _own, _abort) = (globalRows, scheduled, own, abort);
        Agreed = StopRequest.None;
        _taken = state.UpdatesInStep;
        BeginPart(isFirst: true, isLast: true);
    }

    /// <summary>Prepares for a part of this rank's rows; without it they come at once.</summary>
    internal void BeginPart(bool isFirst, bool isLast) => (_isFirstPart, _isLastPart) = (isFirst, isLast);

    /// <summary>
    /// Takes one optimizer step of one network, or adds to its gradient until the last part of the rows. Updates that the step took already, before a rank was
    /// lost, are not taken again: what follows them sees the parameters that they left.
    /// </summary>
    /// <exception cref="TrainingException">The loss is not finite, on whichever rank, or a problem ends the trial.</exception>
    internal void Minimize(Network network, Tensor loss)
    {
        if (_taken > 0)
        {
            if (_isLastPart)
                _taken--;
            return;
        }

        var target = state.Of(network);
        var parameters = target.Parameters;
        if (_isFirstPart)
            parameters.ZeroGradients();
        using (var mean = loss / _globalRows)
        {
            mean.backward();
            parameters.CollectGradients();
            WriteControl(parameters.Control, mean.item<float>());
        }

        if (_isLastPart)
            Combine(target, null);
    }

    /// <summary>Takes one optimizer step of a network whose gradients, summed over this rank's rows, were computed elsewhere.</summary>
    /// <param name="target">The network.</param>
    /// <param name="loss">Sum over this rank's rows.</param>
    /// <param name="average">Makes of the gradients' sum over all ranks what the optimizer gets; told the rows of a batch.</param>
    /// <exception cref="TrainingException">The loss is not finite, on whichever rank.</exception>
    internal void Finish(NetworkState target, double loss, Action<Tensor, int> average)
    {
        WriteControl(target.Parameters.Control, (float)(loss / Math.Max(_globalRows, 1)));
        Combine(target, average);
    }

    private void Combine(NetworkState target, Action<Tensor, int>? average)
    {
        var parameters = target.Parameters;
        if (group.WorldSize > 1)
            Waiting.For(group.AllReduceAsync(ReduceBuffer.From(parameters.GradientsAndControl), ReduceOperation.Sum, _abort));
        ReadControl(parameters.Control, target);
        average?.Invoke(parameters.Gradients, batchSize);
        if (target.Updates % GradientHealth.Interval == 0)
            health.Gradient(target.Network.Name, target.GradientNorm(), state.Step + 1);
        target.Update(_scheduled);
        state.UpdatesInStep++;
    }

    private void WriteControl(Span<float> control, float loss)
    {
        control[StopSlot] = _own == StopRequest.Stop ? 1 : 0;
        control[SaveSlot] = _own == StopRequest.SaveAndStop ? 1 : 0;
        control[LossSlot] = _isFirstPart ? loss : control[LossSlot] + loss;
    }

    private void ReadControl(ReadOnlySpan<float> control, NetworkState network)
    {
        var loss = control[LossSlot];
        health.Loss(network.Network.Name, loss, state.Step + 1);
        for (var i = 0; i < state.Networks.Count; i++)
        {
            if (ReferenceEquals(state.Networks[i], network))
                state.Losses[i] = loss;
        }

        Agreed = control[SaveSlot] > 0 ? StopRequest.SaveAndStop : control[StopSlot] > 0 ? StopRequest.Stop : Agreed;
    }
}
