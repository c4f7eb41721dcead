namespace Grpc.Tests.Interop;

/// <summary>Runs where python3-grpcio is installed.</summary>
public sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute() => Skip = Python.Missing;
}
