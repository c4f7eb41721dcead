namespace TorchSharp.Tests;

/// <summary>A theory that compares with PyTorch; skipped, saying so, where python3-torch is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonTorchTheoryAttribute : TheoryAttribute
{
    public PythonTorchTheoryAttribute() => Skip = PythonTorch.Missing!;
}
