namespace Orchestrator.Simulation.Cluster;

/// <summary>What a simulation measured, in virtual time.</summary>
/// <param name="Workers">Workers of the cluster.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Trials">Trials by their terminal state.</param>
/// <param name="Events">Events that a journal would hold.</param>
/// <param name="Reports">Reports that trials made.</param>
/// <param name="Attempts">Attempts that were started.</param>
/// <param name="FailedWorkers">Deaths of workers.</param>
/// <param name="WithdrawnWorkers">Withdrawals of workers.</param>
/// <param name="PreemptedAttempts">Attempts that ended for others.</param>
/// <param name="Utilisation">The part of the workers' time that attempts had, 0 to 1, until the last trial was placed.</param>
/// <param name="BestLoss">The least loss.</param>
/// <param name="Waits">How long gangs waited, by world size.</param>
/// <param name="StillWaiting">Experiments that wait for a gang at the end.</param>
/// <param name="Teams">What each queue had.</param>
/// <param name="WorstHour">The greatest difference, in any hour in which all teams wanted more all the time, of a team's part of the time from its weight's; null where there was no such hour.</param>
/// <param name="Hours">How many such hours (beginning a minute apart) there were.</param>
public sealed record SimulationResult(
    int Workers,
    TimeSpan Time,
    IReadOnlyDictionary<string, long> Trials,
    long Events,
    long Reports,
    long Attempts,
    long FailedWorkers,
    long WithdrawnWorkers,
    long PreemptedAttempts,
    double Utilisation,
    double? BestLoss,
    IReadOnlyList<GangWaits> Waits,
    int StillWaiting,
    IReadOnlyList<TeamShare> Teams,
    double? WorstHour,
    int Hours);
