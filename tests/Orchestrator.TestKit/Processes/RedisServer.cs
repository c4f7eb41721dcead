using Orchestrator.TestKit.Files;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.TestKit.Processes;

/// <summary>A redis-server of a test's own on a free port of the loopback, with an append-only file; killed and its files deleted when disposed.</summary>
public sealed class RedisServer : IDisposable
{
    private const int Tries = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _options;
    private readonly bool _tls;
    private Process? _process;

    public RedisServer() : this([]) { }

    private RedisServer(string[] options, bool tls = false)
    {
        (_options, _tls) = (options, tls);
        // Between finding a free port and taking it another process may take it.
        for (var i = 0; i < Tries; i++)
        {
            Port = FreePort();
            if (TryStart()) return;
        }
        throw new InvalidOperationException("redis-server did not start: every port was taken.");
    }

    public int Port { get; }

    /// <param name="options">More of redis-server's options, for instance <c>--requirepass</c>, <c>secret</c>.</param>
    public static RedisServer With(params string[] options) => new(options);

    /// <summary>Speaks TLS alone.</summary>
    /// <param name="certificate">PEM.</param>
    /// <param name="key">PEM.</param>
    /// <param name="options">More of redis-server's options.</param>
    public static RedisServer WithTls(string certificate, string key, params string[] options) =>
        new(["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate, "--tls-auth-clients", "no", .. options], tls: true);

    public string Url => $"redis://127.0.0.1:{Port}";

    /// <summary>As a crash: SIGKILL.</summary>
    public void Kill()
    {
        if (_process is null) return;
        _process.Kill();
        _process.WaitForExit(Patience);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it again on its port and files.</summary>
    public void Restart()
    {
        Kill();
        if (!TryStart()) throw new InvalidOperationException($"redis-server did not start again on port {Port}.");
    }

    public void Dispose()
    {
        Kill();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private bool TryStart()
    {
        string[] port = _tls ? ["--port", "0", "--tls-port", $"{Port}"] : ["--port", $"{Port}"];
        string[] arguments = [.. port, "--bind", "127.0.0.1", "--dir", _folder.Path, "--save", "", "--appendonly", "yes", "--appendfsync", "always", .. _options];
        try
        {
            _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("These tests need redis-server: install it with eng/setup (Debian's package redis-server).", e);
        }
        using var patience = new CancellationTokenSource(Patience);
        while (_process.StandardOutput.ReadLineAsync(patience.Token).AsTask().GetAwaiter().GetResult() is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None); // so that its pipe never fills up
                return true;
            }
        Kill();
        return false;
    }
}
