namespace TorchSharp.Tests;

/// <summary>A test that compares with PyTorch; skipped, saying so, where python3-torch is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonTorchFactAttribute : FactAttribute
{
    public PythonTorchFactAttribute() => Skip = PythonTorch.Missing!;
}
