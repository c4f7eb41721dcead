using static TorchSharp.Tests.Values.Input;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Values;

/// <summary>
/// What a gradient penalty goes through: the squared norm of an operation's gradient by its first input is differentiated once more,
/// by all inputs, and compared with differences.
/// </summary>
public sealed class DoubleBackwardTests
{
    private static readonly (string Name, Func<Tensor[], Tensor> Operation, Input[] Inputs)[] Cases =
    [
        ("linear", t => F.linear(t[0], t[1], t[2]).tanh(), [R(2, 3), R(4, 3), R(4)]),
        ("conv1d", t => F.conv1d(t[0], t[1], t[2], 2, 1).tanh(), [R(1, 2, 5), R(2, 2, 3), R(2)]),
        ("conv2d", t => F.conv2d(t[0], t[1], t[2], [2, 2], [1, 1]).tanh(), [R(1, 2, 4, 4), R(2, 2, 3, 3), R(2)]),
        ("conv_transpose2d", t => F.conv_transpose2d(t[0], t[1], t[2], [2, 2], [1, 1]).tanh(), [R(1, 2, 2, 2), R(2, 2, 4, 4), R(2)]),
        ("leaky_relu", t => F.leaky_relu(t[0].mm(t[1]), 0.2).square(), [R(2, 3), R(3, 2)]),
        ("relu", t => t[0].mm(t[1]).relu().square(), [R(2, 3), R(3, 2)]),
        ("sigmoid", t => t[0].mm(t[1]).sigmoid(), [R(2, 3), R(3, 2)]),
        ("softplus", t => F.softplus(t[0].mm(t[1])), [R(2, 3), R(3, 2)]),
        ("layer_norm", t => F.layer_norm(t[0], [3], t[1], t[2]).tanh(), [R(2, 3), R(3), R(3)]),
        ("group_norm", t => F.group_norm(t[0], 2, t[1], t[2]).tanh(), [R(2, 4, 2), R(4), R(4)]),
        ("batch_norm", t => F.batch_norm(t[0], null, null, t[1], t[2], training: true).tanh(), [R(4, 2), R(2), R(2)]),
        ("avg_pool2d", t => F.avg_pool2d(t[0], 2).square(), [R(1, 1, 4, 4)]),
        ("softmax", t => t[0].mm(t[1]).softmax(1), [R(2, 3), R(3, 2)]),
        ("binary_cross_entropy_with_logits", t => F.binary_cross_entropy_with_logits(t[0].mm(t[1]), t[2]), [R(2, 3), R(3, 2), Unit(2, 2)]),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfAGradientPenalty_IsWhatDifferencesGive(string name)
    {
        var (_, operation, inputs) = Cases.Single(test => test.Name == name);
        using var scope = NewDisposeScope();
        GradCheck.Verify(Penalty, [.. inputs.Select((input, i) => input.Make(i))], [.. inputs.Select(_ => true)]);

        Tensor Penalty(Tensor[] values)
        {
            using var on = enable_grad();
            var first = values[0].requires_grad ? values[0] : values[0].detach().requires_grad_(true);
            var output = OpCase.Weighted(operation([first, .. values[1..]]));
            return autograd.grad([output], [first], create_graph: true)[0].square().sum();
        }
    }
}
