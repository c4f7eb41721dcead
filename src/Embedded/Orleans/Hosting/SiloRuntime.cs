using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The silo: it holds the parts together, and starts and stops with the host.</summary>
internal sealed partial class SiloRuntime : IHostedService, IDisposable
{
    private readonly ILogger<SiloRuntime> _logger;
    private ISiloPart[] _parts = [];
    private ITimer? _collector;
    private volatile Func<Exception>? _refusal = static () => new SiloUnavailableException("The silo has not started: start the host before calling grains.");

    public SiloRuntime(
        IServiceProvider services, TimeProvider time, IOptions<SiloMessagingOptions> messaging, IOptions<GrainCollectionOptions> collection,
        ILogger<SiloRuntime> logger)
    {
        _logger = logger;
        Services = services;
        Time = time;
        Collection = collection.Value;
        QueueLimit = LimitOf(messaging.Value.MaxEnqueuedRequestsHardLimit);
        WorkerQueueLimit = LimitOf(messaging.Value.MaxEnqueuedRequestsHardLimit_StatelessWorker);
        StreamPatience = messaging.Value.ResponseTimeout / 2;
        CancelRequestOnTimeout = messaging.Value.CancelRequestOnTimeout;
        Factory = new GrainFactory(this);
        References = new GrainReferenceFactory(this);
        Observers = new ObserverRegistry(this);
        Catalog = new Catalog(this);
        Timeouts = new ResponseTimeouts(time, messaging.Value.ResponseTimeout);
        Manifest = new GrainManifest(GrainAssemblies.GrainTypes(), CollectionAgeOf);
        Now = Clock();
    }

    public IServiceProvider Services { get; }
    public TimeProvider Time { get; }
    public GrainFactory Factory { get; }
    public GrainReferenceFactory References { get; }
    public GrainManifest Manifest { get; }
    public Catalog Catalog { get; }
    public ObserverRegistry Observers { get; }
    public ResponseTimeouts Timeouts { get; }
    public GrainCollectionOptions Collection { get; }
    public bool CancelRequestOnTimeout { get; }
    public int QueueLimit { get; }
    public int WorkerQueueLimit { get; }

    /// <value>How long a stream may make its reader wait before the reader has to ask again.</value>
    public TimeSpan StreamPatience { get; }

    /// <value>The call filters. They are made when the silo starts, because they may ask for the grain factory.</value>
    public CallFilters Filters { get; private set; } = CallFilters.None;

    /// <value>The time in ticks, as of the last collection: exact enough to see who is idle, and free to read.</value>
    public long Now { get; private set; }

    /// <value>The time of the next collection: no earlier than the true time, so that nothing is taken for idle too early.</value>
    public long Soon => Now + Collection.CollectionQuantum.Ticks;

    /// <value>Why calls from outside grains are refused; null while the silo runs.</value>
    public Func<Exception>? Refusal => _refusal;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Now = Clock();
        _collector = Time.CreateTimer(static silo => ((SiloRuntime)silo!).CollectIdle(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);
        Filters = CallFilters.From(Services);
        _refusal = null;
        _parts = [.. Services.GetServices<ISiloPart>()];
        foreach (var part in _parts) await part.StartAsync(cancellationToken);
    }

    /// <summary>Refuses new calls, lets those that came before end, and deactivates every grain.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_refusal is not null) return;
        _refusal = static () => new SiloUnavailableException("The silo has stopped or is stopping.");
        foreach (var part in _parts) await part.StopAsync(cancellationToken);
        try
        {
            await Catalog.DrainAsync(new(DeactivationReasonCode.ShuttingDown, "The silo is stopping."), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host's patience is over: what is left ends with the process.
            LogNotDrained(string.Join(", ", Catalog.GrainIds.Take(10)));
        }
    }

    public void Dispose()
    {
        _collector?.Dispose();
        Timeouts.Dispose();
    }

    private static int LimitOf(int option) => option > 0 ? option : int.MaxValue;

    private long Clock() => Time.GetElapsedTime(0).Ticks;

    private void CollectIdle()
    {
        Now = Clock();
        Catalog.CollectIdle();
    }

    private TimeSpan CollectionAgeOf(Type type) => Collection.ClassSpecificCollectionAge.GetValueOrDefault(type.FullName!, Collection.CollectionAge);
}
