using System.Threading.Channels;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

/// <summary>The health service: says what it was told of each service. The empty name stands for the server.</summary>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    /// <summary>A watcher that is slower than this many changes misses the oldest.</summary>
    private const int PendingChanges = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServingStatus> _statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Channel<ServingStatus>>> _watchers = new(StringComparer.Ordinal);

    public void SetStatus(string service, ServingStatus status)
    {
        lock (_gate)
        {
            var previous = StatusOf(service);
            _statuses[service] = status;
            if (status != previous) Notify(service, status);
        }
    }

    public void ClearStatus(string service)
    {
        lock (_gate)
        {
            if (_statuses.Remove(service, out var previous) && previous != ServingStatus.ServiceUnknown) Notify(service, ServingStatus.ServiceUnknown);
        }
    }

    public void ClearAll()
    {
        lock (_gate)
        {
            foreach (var service in _statuses.Keys.ToList()) ClearStatus(service);
        }
    }

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        lock (_gate)
        {
            return _statuses.TryGetValue(request.Service, out var status)
                ? Task.FromResult(new HealthCheckResponse { Status = status })
                : throw new RpcException(new Status(StatusCode.NotFound, ""));
        }
    }

    public override Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context) =>
        WatchAsync(request, responseStream, context.CancellationToken);

    /// <summary>Writes the status of a service, and each change, until the token ends it.</summary>
    internal async Task WatchAsync(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<ServingStatus>(new BoundedChannelOptions(PendingChanges) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            changes.Writer.TryWrite(StatusOf(request.Service));
            if (!_watchers.TryGetValue(request.Service, out var watchers)) _watchers[request.Service] = watchers = [];
            watchers.Add(changes);
        }

        try
        {
            await foreach (var status in changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                var watchers = _watchers[request.Service];
                watchers.Remove(changes);
                if (watchers.Count == 0) _watchers.Remove(request.Service);
            }
        }
    }

    private ServingStatus StatusOf(string service) => _statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown);

    private void Notify(string service, ServingStatus status)
    {
        foreach (var watcher in _watchers.GetValueOrDefault(service, [])) watcher.Writer.TryWrite(status);
    }
}
