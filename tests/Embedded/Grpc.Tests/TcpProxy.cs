using System.Net;
using System.Net.Sockets;

namespace Grpc.Tests;

/// <summary>Stands between client and server, and can cut or freeze their connections.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<TcpClient> _sockets = [];
    private readonly Uri _target;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? _change;
    private readonly Task _accepting;
    private volatile bool _frozen;

    /// <param name="target">The server.</param>
    /// <param name="change">What becomes of each piece of data; nothing when null.</param>
    public TcpProxy(string target, Func<ReadOnlySpan<byte>, byte[]>? change = null)
    {
        _target = new Uri(target);
        _change = change is null ? null : bytes => change(bytes.Span);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Accepted { get; private set; }

    public void DropConnections()
    {
        lock (_sockets)
        {
            foreach (var socket in _sockets) socket.Dispose();
            _sockets.Clear();
        }
    }

    /// <summary>Connections stay open but carry nothing any more.</summary>
    public void Freeze() => _frozen = true;

    public async ValueTask DisposeAsync()
    {
        // First the loop: it must not accept from a listener that has stopped, nor add connections to those that were dropped.
        await _stopped.CancelAsync();
        await _accepting.WaitAsync(GrpcHost.Patience);
        _listener.Stop();
        DropConnections();
        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopped.Token);
                var server = new TcpClient();
                lock (_sockets)
                {
                    _sockets.AddRange([client, server]);
                    Accepted++;
                }

                await server.ConnectAsync(_target.Host, _target.Port, _stopped.Token);
                _ = CopyAsync(client, server);
                _ = CopyAsync(server, client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16384];
        try
        {
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer, _stopped.Token)) > 0)
            {
                var data = buffer.AsMemory(0, read);
                if (!_frozen) await to.GetStream().WriteAsync(_change is null ? data : _change(data), _stopped.Token);
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // Dropped.
        }
    }
}
