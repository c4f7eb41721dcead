using Orleans.Runtime;

namespace Orleans;

/// <summary>The base class of grains.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain() : this(RuntimeContext.RequireCurrent()) { }

    private protected Grain(Activation activation) => Activation = activation;

    public IGrainContext GrainContext => Activation;
    public GrainReference GrainReference => Activation.GrainReference;
    public string IdentityString => Activation.GrainId.ToString();
    protected IGrainFactory GrainFactory => Activation.Silo.Factory;
    protected internal IServiceProvider ServiceProvider => Activation.ActivationServices;
    internal Activation Activation { get; }

    /// <summary>Runs before the first call. An exception here fails the calls that wait for the activation.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call of this activation.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation once the calls that run are done; calls that come later go to a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps an idle activation for at least this long; a negative span takes the request back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
