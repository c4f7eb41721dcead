using System.Collections;
using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

/// <summary>The observers of a grain by identity. Used in the grain's turns only, so nothing is locked.</summary>
public partial class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver>
    where TIdentity : notnull
    where TObserver : notnull
{
    private readonly Dictionary<TIdentity, (TObserver Observer, DateTime LastSeen)> _observers = [];
    private readonly ILogger _log;

    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;
    }

    /// <value>How long a subscription lasts unless it is renewed.</value>
    public TimeSpan ExpirationDuration { get; set; }

    /// <value>The clock, UTC; for tests.</value>
    public Func<DateTime> GetDateTime { get; set; } = static () => TimeProvider.System.GetUtcNow().UtcDateTime;

    public int Count => _observers.Count;

    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _observers.ToDictionary(o => o.Key, o => o.Value.Observer);

    /// <summary>Adds an observer, or renews it.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => _observers[id] = (observer, GetDateTime());

    public void Unsubscribe(TIdentity id) => _observers.Remove(id);

    public void Clear() => _observers.Clear();

    /// <summary>Calls every observer that the predicate accepts, waits for all, and drops those that fail.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        var calls = Chosen(predicate).Select(o => (o.Id, Call: CallAsync(notification, o.Observer))).ToList();
        foreach (var (id, call) in calls) Settle(id, await call);
    }

    /// <summary>Calls every observer that the predicate accepts, and drops those that fail at once.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, observer) in Chosen(predicate).ToList())
        {
            try
            {
                notification(observer);
            }
            catch (Exception exception)
            {
                Settle(id, exception);
            }
        }
    }

    /// <summary>Drops the observers that have not renewed their subscription in time.</summary>
    public void ClearExpired()
    {
        foreach (var (id, entry) in _observers.ToList())
            if (IsExpired(entry.LastSeen)) _observers.Remove(id);
    }

    public IEnumerator<TObserver> GetEnumerator() => _observers.Values.Select(o => o.Observer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static async Task<Exception?> CallAsync(Func<TObserver, Task> notification, TObserver observer)
    {
        try
        {
            await notification(observer);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private IEnumerable<(TIdentity Id, TObserver Observer)> Chosen(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return _observers.Where(o => predicate?.Invoke(o.Value.Observer) ?? true).Select(o => (o.Key, o.Value.Observer));
    }

    private bool IsExpired(DateTime lastSeen) => lastSeen + ExpirationDuration < GetDateTime();

    private void Settle(TIdentity id, Exception? failure)
    {
        if (failure is null) return;
        _observers.Remove(id);
        LogDropped(_log, id.ToString() ?? "", failure);
    }

    [LoggerMessage(1, LogLevel.Debug, "Observer {Observer} failed and is dropped.")]
    private static partial void LogDropped(ILogger logger, string observer, Exception exception);
}
