namespace TorchSharp.Tests;

/// <summary>Assertions on numbers and tensors.</summary>
internal static class Close
{
    internal static void To(double[] expected, double[] actual, double relative, double absolute = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            if (!(expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= absolute + relative * Math.Abs(expected[i])))
                Assert.Fail($"element {i}: expected {expected[i]:R}, got {actual[i]:R}");
    }

    internal static double[] Values(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.detach().to(torch.ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
