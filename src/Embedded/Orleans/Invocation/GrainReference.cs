namespace Orleans.Runtime;

/// <summary>The base of the emitted proxies: which grain, and how to reach it.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private RequestTarget? _target;

    internal GrainReference() { }

    public GrainId GrainId { get; private set; }
    internal SiloRuntime Silo { get; private set; } = null!;

    public virtual TGrainInterface Cast<TGrainInterface>() where TGrainInterface : IAddressable => this.AsReference<TGrainInterface>();
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);
    public override bool Equals(object? obj) => Equals(obj as GrainReference);
    public override int GetHashCode() => GrainId.GetHashCode();
    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();
    public override string ToString() => $"GrainReference:{GrainId}";

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    internal GrainReference Bind(SiloRuntime silo, GrainId grainId)
    {
        Silo = silo;
        GrainId = grainId;
        return this;
    }

    internal Task<TResult> Call<TTarget, TArgs, TResult>(GrainMethod<TTarget, TArgs, TResult> method, TArgs args, CancellationToken token)
        where TTarget : class
    {
        if (token.IsCancellationRequested) return Task.FromCanceled<TResult>(token);
        if (Silo.Refusal is { } refusal && RuntimeContext.Current is null) return Task.FromException<TResult>(refusal());
        return Silo.Filters.Outgoing.Length == 0 ? Send(method, args, token) : Silo.Filters.SendAsync(method, this, args, token);
    }

    internal Task<TResult> Send<TTarget, TArgs, TResult>(GrainMethod<TTarget, TArgs, TResult> method, TArgs args, CancellationToken token)
        where TTarget : class
    {
        RequestTarget target;
        try
        {
            target = Target();
        }
        catch (Exception exception) when (exception is ArgumentException or ClientNotAvailableException)
        {
            // An unknown grain, or an observer that has gone: the error of this call, to be found where it is awaited.
            if (!method.IsOneWay) return Task.FromException<TResult>(exception);
            Silo.LogOneWayFailed(method.DisplayName, exception);
            return GrainRequest<TTarget, TArgs, TResult>.OneWayResponse;
        }
        var request = method.Rent();
        var response = request.Prepare(this, target, args, token);
        target.Send(request);
        return response;
    }

    // The target is kept to spare the directory look-up; an activation that has gone is looked up again.
    private RequestTarget Target() => _target is { IsAlive: true } target ? target : _target = Silo.Catalog.Resolve(GrainId);
}
