using static TorchSharp.torch;

namespace TorchSharp.Tests.Values;

/// <summary>Every operation of <see cref="OpTable"/>: values and gradients against PyTorch's, gradients against differences.</summary>
public sealed class OpTests
{
    private static readonly Lazy<Dictionary<string, double[]>> Expected = new(() =>
        PythonTorch.Run(string.Concat(OpTable.Cases.Select((test, i) => test.Script(i)))));

    public static TheoryData<string> Names => [.. OpTable.Cases.Select(test => test.Python)];

    [Fact]
    public void Table_Cases_HaveDistinctNames() => Assert.Equal(OpTable.Cases.Length, OpTable.Cases.DistinctBy(test => test.Python).Count());

    [PythonTorchTheory]
    [MemberData(nameof(Names))]
    public void Operation_SameInputs_GivesPyTorchsValuesAndGradients(string name)
    {
        using var scope = NewDisposeScope();
        var (index, test) = Find(name);
        var inputs = test.MakeInputs();
        for (var i = 0; i < inputs.Length; i++)
            if (test.Gradient && test.Inputs[i].Differentiable) inputs[i].requires_grad = true;
        var output = test.Managed(inputs);
        Close.To(Expected.Value[$"{index}"], Close.Values(output), relative: 1e-10, absolute: 1e-12);
        if (!test.Gradient) return;

        OpCase.Weighted(output).backward();
        for (var i = 0; i < inputs.Length; i++)
            if (test.Inputs[i].Differentiable) Close.To(Expected.Value[$"{index}_{i}"], Close.Values(inputs[i].grad!), relative: 1e-9, absolute: 1e-11);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Operation_Gradient_IsWhatDifferencesGive(string name)
    {
        var (_, test) = Find(name);
        if (!test.Gradient) return;
        using var scope = NewDisposeScope();
        GradCheck.Verify(inputs => OpCase.Weighted(test.Managed(inputs)), test.MakeInputs(), [.. test.Inputs.Select(input => input.Differentiable)]);
    }

    private static (int Index, OpCase Case) Find(string name)
    {
        var index = Array.FindIndex(OpTable.Cases, test => test.Python == name);
        return (index, OpTable.Cases[index]);
    }
}
