using System.Net;

namespace Orchestrator.Coordinator.Hosting;

/// <summary>How a coordinator is started.</summary>
/// <param name="State">The folder that holds everything it keeps.</param>
/// <param name="Bind">The address it listens on; loopback unless told otherwise.</param>
/// <param name="HttpPort">REST, metrics and health over HTTP/1.1; 0: a free port.</param>
/// <param name="GrpcPort">Workers and clients over gRPC; 0: a free port.</param>
/// <param name="ExitWithParent">Whether it ends when its standard input does.</param>
public sealed record CoordinatorOptions(string State, IPAddress Bind, int HttpPort, int GrpcPort, bool ExitWithParent)
{
    /// <summary>The HTTP port unless told otherwise.</summary>
    public const int DefaultHttpPort = 7070;

    /// <summary>The gRPC port unless told otherwise.</summary>
    public const int DefaultGrpcPort = 7071;
}
