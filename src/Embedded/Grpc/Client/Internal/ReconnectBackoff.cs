namespace Grpc.Net.Client.Internal;

/// <summary>Bounds of the waits between attempts to connect (<c>doc/connection-backoff.md</c> of the gRPC specification).</summary>
internal readonly record struct ReconnectBackoff(TimeSpan Initial, TimeSpan Max);
