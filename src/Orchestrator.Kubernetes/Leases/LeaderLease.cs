using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes.Client;
using Orchestrator.Kubernetes.Model;

namespace Orchestrator.Kubernetes.Leases;

/// <summary>
/// Makes sure that one of several coordinators acts. Another's lease is over when its holder has not renewed it for its whole length by our own
/// clock, so clocks need not agree. The holder stops acting well before that.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="namespace">Where the lease is.</param>
/// <param name="name">Its name.</param>
/// <param name="holder">Who we are: unique for the life of the process.</param>
/// <param name="time">The clock.</param>
internal sealed class LeaderLease(KubernetesClient client, string @namespace, string name, string holder, TimeProvider time)
{
    /// <summary>How long a lease holds without being renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    /// <summary>How often to call <see cref="TryHold"/>.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(10);

    private Lease? _observed;
    private long _observedAt;
    private long? _heldSince;

    /// <summary>Whether we may act now.</summary>
    public bool IsHeld => _heldSince is { } since && time.GetElapsedTime(since) < Trusted;

    /// <summary>Takes or renews the lease, if nobody else has it.</summary>
    /// <returns><see cref="IsHeld"/>.</returns>
    public async Task<bool> TryHold(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        try
        {
            var found = await client.Find(Kinds.Leases, @namespace, name, cancellationToken);
            if (found is null)
            {
                Observe(await client.Create(Kinds.Leases, @namespace, New(), cancellationToken));
            }
            else if (found.Spec.HolderIdentity == holder || IsOver(found))
            {
                Observe(await client.Replace(Kinds.Leases, @namespace, name, Renewed(found), cancellationToken));
            }
            else
            {
                _heldSince = null;
                return false;
            }
            _heldSince = asked;
        }
        catch (KubernetesException exception) when (exception.IsConflict)
        {
            _heldSince = null; // another one was faster
        }
        return IsHeld;
    }

    /// <summary>Gives the lease up, so that another one need not wait for its end.</summary>
    public async Task Release(CancellationToken cancellationToken)
    {
        if (_heldSince is null || _observed is not { } held) return;
        _heldSince = null;
        try
        {
            await client.Replace(Kinds.Leases, @namespace, name, held with { Spec = held.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1 } }, cancellationToken);
        }
        catch (KubernetesException exception) when (exception.IsConflict || exception.IsNotFound)
        {
            // It is another one's already.
        }
    }

    private bool IsOver(Lease lease)
    {
        if (string.IsNullOrEmpty(lease.Spec.HolderIdentity)) return true;
        if (lease.Metadata.ResourceVersion != _observed?.Metadata.ResourceVersion)
        {
            Observe(lease);
            return false;
        }
        return time.GetElapsedTime(_observedAt) >= TimeSpan.FromSeconds(lease.Spec.LeaseDurationSeconds ?? (int)Length.TotalSeconds);
    }

    private void Observe(Lease lease) => (_observed, _observedAt) = (lease, time.GetTimestamp());

    private Lease Renewed(Lease found)
    {
        var now = time.GetUtcNow();
        var isOurs = found.Spec.HolderIdentity == holder;
        return found with
        {
            Spec = new LeaseSpec
            {
                HolderIdentity = holder,
                LeaseDurationSeconds = (int)Length.TotalSeconds,
                AcquireTime = isOurs ? found.Spec.AcquireTime : now,
                RenewTime = now,
                LeaseTransitions = (found.Spec.LeaseTransitions ?? 0) + (isOurs ? 0 : 1),
            },
        };
    }

    private JsonObject New()
    {
        var lease = Renewed(new Lease { Metadata = new ObjectMeta { Name = name } });
        return (JsonObject)JsonSerializer.SerializeToNode(lease, Kinds.Leases.Item)!;
    }
}
