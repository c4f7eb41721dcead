using System.Runtime.CompilerServices;

namespace TorchSharp.Tests;

/// <summary>One thread for libtorch: sums come in PyTorch's order, and tests that run side by side do not spin for each other's cores.</summary>
internal static class OneThread
{
    [ModuleInitializer]
    internal static void Set() => torch.set_num_threads(1);
}
