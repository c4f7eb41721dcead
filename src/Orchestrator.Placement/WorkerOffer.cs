using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Placement;

/// <summary>What a worker brings to the pool: one slot.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="Device">What its slot is made of.</param>
public sealed record WorkerOffer(WorkerId Worker, string Host, DeviceKind Device);
