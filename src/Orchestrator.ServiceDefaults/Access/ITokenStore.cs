namespace Orchestrator.ServiceDefaults.Access;

/// <summary>Knows tokens.</summary>
public interface ITokenStore
{
    /// <summary>Whose token this is, expired or not; null: nobody's. Takes the same time for every token that is nobody's.</summary>
    /// <param name="presented">As it was presented.</param>
    TokenEntry? Find(string presented);
}
