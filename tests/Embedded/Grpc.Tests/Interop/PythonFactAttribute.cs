namespace Grpc.Tests.Interop;

/// <summary>Runs where python3-grpcio is installed.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = Python.Missing;
}
