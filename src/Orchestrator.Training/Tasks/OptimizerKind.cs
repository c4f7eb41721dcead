namespace Orchestrator.Training.Tasks;

/// <summary>How gradients change parameters.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015); weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019).</summary>
    AdamW,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>RMSProp (Tieleman and Hinton, 2012): the second beta is its smoothing constant.</summary>
    RmsProp,
}
