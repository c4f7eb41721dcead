using System.Security.Claims;
using Orchestrator.Domain.Specs;
using Orchestrator.ServiceDefaults.Access;

namespace Orchestrator.Coordinator.Access;

/// <summary>Who asks for something, as far as that decides it.</summary>
/// <param name="Name">For logs and reasons.</param>
/// <param name="Team">The queue that its submissions wait in; null: it has none of its own.</param>
/// <param name="IsAdmin">Whether it acts for every team.</param>
public sealed record Caller(string Name, string? Team, bool IsAdmin)
{
    /// <summary>From what the request proved.</summary>
    public static Caller Of(ClaimsPrincipal user) => new(
        user.Identity?.Name ?? "", user.FindFirstValue(AccessHandler.TeamClaim), user.IsInRole(AccessPolicies.Admin));

    /// <summary>The queue of a submission.</summary>
    /// <param name="named">The one that the sweep file names; null: none.</param>
    /// <returns>Null: the default one.</returns>
    /// <exception cref="AccessDeniedException">It is another team's.</exception>
    public string? QueueFor(string? named)
    {
        if (IsAdmin) return named ?? Team;
        var own = Team ?? QueueSpec.Default;
        if (named is not null && named != own) throw new AccessDeniedException($"'{Name}' submits to the queue '{own}', not to '{named}': take 'queue' out of the sweep file.");
        return own;
    }

    /// <summary>Refuses to change an experiment of another team.</summary>
    /// <param name="queue">The experiment's queue.</param>
    /// <exception cref="AccessDeniedException">It is another team's.</exception>
    public void ThrowUnlessOwn(string queue)
    {
        if (IsAdmin || queue == (Team ?? QueueSpec.Default)) return;
        throw new AccessDeniedException($"'{Name}' changes experiments of the queue '{Team ?? QueueSpec.Default}'; this one is in '{queue}'.");
    }
}
