using static TorchSharp.Tests.Values.Input;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Values;

/// <summary>Modules against PyTorch's with the same state: the names in it, outputs, gradients of input and parameters.</summary>
public sealed class ModuleTests
{
    private static readonly (string Python, Func<nn.Module> Make, Input Input)[] Cases =
    [
        ("nn.Linear(3, 4)", () => nn.Linear(3, 4), R(2, 3)),
        ("nn.Linear(3, 4, bias=False)", () => nn.Linear(3, 4, false), R(2, 3)),
        ("nn.Conv1d(2, 4, 3, stride=2, padding=1, groups=2)", () => nn.Conv1d(2, 4, 3, 2, 1, groups: 2), R(2, 2, 7)),
        ("nn.Conv1d(2, 3, 3, padding='same')", () => nn.Conv1d(2, 3, 3, Padding.Same), R(2, 2, 7)),
        ("nn.Conv2d(2, 3, 3, padding=1, padding_mode='reflect')", () => nn.Conv2d(2, 3, 3, padding: 1, padding_mode: PaddingModes.Reflect), R(1, 2, 4, 4)),
        ("nn.Conv2d(2, 3, (3, 1), stride=(1, 2))", () => nn.Conv2d(2, 3, (3, 1), (1, 2)), R(1, 2, 4, 4)),
        ("nn.ConvTranspose1d(2, 3, 4, 2, 1)", () => nn.ConvTranspose1d(2, 3, 4, 2, 1), R(1, 2, 5)),
        ("nn.ConvTranspose2d(2, 3, 4, 2, 1, bias=False)", () => nn.ConvTranspose2d(2, 3, 4, 2, 1, bias: false), R(1, 2, 3, 3)),
        ("nn.BatchNorm1d(3)", () => nn.BatchNorm1d(3), R(5, 3)),
        ("nn.BatchNorm2d(3, momentum=0.3)", () => nn.BatchNorm2d(3, momentum: 0.3), R(2, 3, 2, 2)),
        ("nn.InstanceNorm2d(3, affine=True)", () => nn.InstanceNorm2d(3, affine: true), R(2, 3, 3, 2)),
        ("nn.LayerNorm([3, 2])", () => nn.LayerNorm([3, 2]), R(2, 3, 2)),
        ("nn.GroupNorm(2, 4)", () => nn.GroupNorm(2, 4), R(2, 4, 3)),
        ("nn.PReLU(3)", () => nn.PReLU(3), R(2, 3)),
        ("nn.Embedding(5, 3, padding_idx=1)", () => nn.Embedding(5, 3, padding_idx: 1), Integer(5, 2, 4)),
        ("nn.RNN(3, 4, num_layers=2)", () => nn.RNN(3, 4, 2), R(5, 2, 3)),
        ("nn.GRU(3, 4, batch_first=True, bidirectional=True)", () => nn.GRU(3, 4, batchFirst: true, bidirectional: true), R(2, 5, 3)),
        ("nn.LSTM(3, 4, num_layers=2, bidirectional=True)", () => nn.LSTM(3, 4, 2, bidirectional: true), R(5, 2, 3)),
        ("nn.LSTM(3, 4, bias=False)", () => nn.LSTM(3, 4, bias: false), R(5, 2, 3)),
        ("nn.MultiheadAttention(4, 2)", () => nn.MultiheadAttention(4, 2), R(3, 2, 4)),
        ("nn.TransformerEncoderLayer(4, 2, 6, dropout=0.0, activation='gelu')", () => nn.TransformerEncoderLayer(4, 2, 6, 0.0, nn.Activations.GELU), R(3, 2, 4)),
        ("nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6, dropout=0.0), 2)", () => nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6, 0.0), 2), R(3, 2, 4)),
        ("nn.Sequential(nn.Linear(3, 4), nn.ELU(0.5), nn.Linear(4, 2), nn.Softmax(1))", () => nn.Sequential(nn.Linear(3, 4), nn.ELU(0.5), nn.Linear(4, 2), nn.Softmax(1)), R(2, 3)),
        ("nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(1, 4, 3, padding=1), nn.PixelShuffle(2), nn.MaxPool2d(2), nn.Flatten())", () => nn.Sequential(nn.Upsample(scale_factor: [2]), nn.Conv2d(1, 4, 3, padding: 1), nn.PixelShuffle(2), nn.MaxPool2d(2), nn.Flatten()), R(1, 1, 3, 3)),
        ("nn.Sequential(nn.ReflectionPad2d(1), nn.AvgPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Unflatten(1, (2, 1)))", () => nn.Sequential(nn.ReflectionPad2d(1), nn.AvgPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Unflatten(1, [2, 1])), R(1, 2, 4, 4)),
    ];

    private static readonly Lazy<(nn.Module[] Modules, Dictionary<string, double[]> Expected)> Reference = new(Compute);

    public static TheoryData<string> Names => [.. Cases.Select(test => test.Python)];

    [PythonTorchTheory]
    [MemberData(nameof(Names))]
    public void Module_SameState_GivesPyTorchsOutputsAndGradients(string name)
    {
        using var scope = NewDisposeScope();
        var index = Array.FindIndex(Cases, test => test.Python == name);
        var module = Reference.Value.Modules[index];
        var expected = Reference.Value.Expected;
        var input = Cases[index].Input.Make(3);
        if (Cases[index].Input.Differentiable) input.requires_grad = true;

        var output = Call(module, input);
        OpCase.Weighted(output).backward();

        Close.To(expected[$"{index}"], Close.Values(output), 1e-9, 1e-11);
        if (Cases[index].Input.Differentiable) Close.To(expected[$"{index}_x"], Close.Values(input.grad!), 1e-8, 1e-10);
        foreach (var (key, parameter) in module.named_parameters())
            Close.To(expected[$"{index}_{key}"], Close.Values(parameter.grad!), 1e-8, 1e-10);
        foreach (var (key, buffer) in module.named_buffers()) Close.To(expected[$"{index}_{key}"], Close.Values(buffer), 1e-9);
    }

    private static (nn.Module[] Modules, Dictionary<string, double[]> Expected) Compute()
    {
        var modules = Cases.Select(test => test.Make()).ToArray();
        foreach (var module in modules) module.to(ScalarType.Float64);
        return (modules, PythonTorch.Run("import torch.nn as nn\n" + string.Concat(Cases.Select((_, i) => Script(i, modules[i])))));
    }

    private static string Script(int index, nn.Module module)
    {
        var (python, _, input) = Cases[index];
        var state = string.Join(", ", module.state_dict().Select(entry => $"'{entry.Key}': {PythonTorch.Literal(entry.Value)}"));
        var attention = python.StartsWith("nn.MultiheadAttention", StringComparison.Ordinal);
        return $$"""
            m = {{python}}.double()
            m.load_state_dict({ {{state}} })
            x = {{PythonTorch.Literal(input.Make(3))}}{{(input.Differentiable ? ".requires_grad_()" : "")}}
            y = m({{(attention ? "x, x, x" : "x")}})
            y = y[0] if isinstance(y, tuple) else y
            result['{{index}}'] = y
            (y * torch.cos(torch.arange(y.numel(), dtype=torch.float64)).reshape(y.shape)).sum().backward()
            if x.requires_grad: result['{{index}}_x'] = x.grad
            for k, v in m.named_parameters(): result['{{index}}_' + k] = v.grad
            for k, v in m.named_buffers(): result['{{index}}_' + k] = v

            """;
    }

    private static Tensor Call(nn.Module module, Tensor input) => module switch
    {
        nn.Module<Tensor, Tensor> plain => plain.call(input),
        Modules.RNN rnn => rnn.call(input).Item1,
        Modules.GRU gru => gru.call(input).Item1,
        Modules.LSTM lstm => lstm.call(input).Item1,
        Modules.MultiheadAttention attention => attention.call(input, input, input).Item1,
        Modules.TransformerEncoder encoder => encoder.call(input),
        _ => throw new InvalidOperationException(module.GetName()),
    };
}
