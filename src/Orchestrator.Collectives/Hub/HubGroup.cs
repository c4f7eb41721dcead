using Orchestrator.Collectives.Membership;
using Orchestrator.Collectives.Ring;

namespace Orchestrator.Collectives.Hub;

/// <summary>What this worker answers other ranks with, for one group.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Roster">The group's roster, on rank 0 only.</param>
/// <param name="Ring">What the next rank pulls from, in a ring only.</param>
internal sealed record HubGroup(string Name, Roster? Roster, RingTransport? Ring);
