using static TorchSharp.torch;

namespace TorchSharp.Tests.Values;

/// <summary>An operation, the same in Python over inputs a, b, c, and what to feed it.</summary>
/// <param name="Python">An expression of PyTorch's; it is also the case's name.</param>
/// <param name="Managed">The same through this library.</param>
/// <param name="Inputs">The shapes of a, b, c.</param>
/// <param name="Gradient">Whether to compare and check gradients.</param>
internal sealed record OpCase(string Python, Func<Tensor[], Tensor> Managed, Input[] Inputs, bool Gradient = true)
{
    private const string Names = "abc";

    internal Tensor[] MakeInputs() => [.. Inputs.Select((input, i) => input.Make(i))];

    /// <summary>Puts value i and gradients i_0.. into result.</summary>
    internal string Script(int index)
    {
        using var scope = NewDisposeScope();
        var inputs = MakeInputs();
        var lines = inputs.Select((input, i) =>
            $"{Names[i]} = {PythonTorch.Literal(input)}" + (Gradient && Inputs[i].Differentiable ? ".requires_grad_()" : ""));
        var body = string.Join("\n", lines) + $"\ny = {Python}\nresult['{index}'] = y\n";
        if (!Gradient) return body;
        body += "(y.double() * torch.cos(torch.arange(y.numel(), dtype=torch.float64)).reshape(y.shape)).sum().backward()\n";
        return body + string.Concat(Inputs.Select((input, i) => input.Differentiable ? $"result['{index}_{i}'] = {Names[i]}.grad\n" : ""));
    }

    /// <summary>A scalar with a gradient that differs in every element of the output.</summary>
    internal static Tensor Weighted(Tensor output) =>
        (output.to(ScalarType.Float64) * arange(output.numel(), dtype: ScalarType.Float64).cos().view(output.shape)).sum();
}
