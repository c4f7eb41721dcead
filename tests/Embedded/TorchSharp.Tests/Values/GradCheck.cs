using static TorchSharp.torch;

namespace TorchSharp.Tests.Values;

/// <summary>Compares gradients with central differences, in double precision.</summary>
internal static class GradCheck
{
    private const double Step = 1e-6;

    internal static void Verify(Func<Tensor[], Tensor> function, Tensor[] inputs, bool[] differentiable)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < inputs.Length; i++)
            if (differentiable[i]) inputs[i].requires_grad = true;
        function(inputs).backward();
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!differentiable[i]) continue;
            using var gradient = inputs[i].grad;
            Close.To(Numerical(function, inputs, i), Close.Values(gradient!), relative: 1e-5, absolute: 1e-6);
        }
    }

    private static double[] Numerical(Func<Tensor[], Tensor> function, Tensor[] inputs, int which)
    {
        using var off = no_grad();
        var elements = inputs[which].data<double>();
        var result = new double[inputs[which].numel()];
        for (var i = 0; i < result.Length; i++)
        {
            var before = elements.ToArray();
            result[i] = (At(before, i, Step) - At(before, i, -Step)) / (2 * Step);
            elements.CopyFrom(before);
        }

        return result;

        double At(double[] from, int element, double delta)
        {
            using var scope = NewDisposeScope();
            var moved = (double[])from.Clone();
            moved[element] += delta;
            elements.CopyFrom(moved);
            return function(inputs).item<double>();
        }
    }
}
