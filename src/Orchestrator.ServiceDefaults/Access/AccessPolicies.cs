namespace Orchestrator.ServiceDefaults.Access;

/// <summary>What an endpoint asks of who calls it; the names of authorization policies and of the roles behind them.</summary>
public static class AccessPolicies
{
    /// <summary>Sees.</summary>
    public const string Viewer = "viewer";

    /// <summary>Submits, and changes its team's experiments.</summary>
    public const string Submitter = "submitter";

    /// <summary>Changes every team's experiments.</summary>
    public const string Admin = "admin";

    /// <summary>Trains.</summary>
    public const string Worker = "worker";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Viewer, Submitter, Admin, Worker];

    /// <summary>What a role is good for.</summary>
    public static IReadOnlyList<string> Of(Role role) => role switch
    {
        Role.Viewer => [Viewer],
        Role.Submitter => [Viewer, Submitter],
        Role.Admin => [Viewer, Submitter, Admin],
        _ => [Worker],
    };
}
