using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class Conv1d : Convolution
        {
            internal Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride, long padding, Padding? padding_type, long dilation, long groups, bool bias,
                PaddingModes padding_mode, Device? device, ScalarType? dtype)
                : base(nameof(Conv1d), in_channels, out_channels, [kernel_size], [stride], padding_type is null ? [padding] : null, padding_type, [dilation],
                    false, [0], groups, bias, padding_mode, device, dtype)
            {
            }

            public override Tensor forward(Tensor input)
            {
                RequireShape(input, 1);
                if (padding_mode != PaddingModes.Zeros)
                {
                    using var padded = nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
                    return nn.functional.conv1d(padded, weight, bias, stride[0], 0, dilation[0], groups);
                }

                return padding_type is { } type
                    ? nn.functional.conv1d_padding(input, weight, bias, stride[0], type, dilation[0], groups)
                    : nn.functional.conv1d(input, weight, bias, stride[0], padding![0], dilation[0], groups);
            }
        }

        public sealed class Conv2d : Convolution
        {
            internal Conv2d(
                long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, long groups,
                bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
                : base(nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, false, [0, 0], groups, bias, padding_mode,
                    device, dtype)
            {
            }

            public override Tensor forward(Tensor input)
            {
                RequireShape(input, 2);
                if (padding_mode != PaddingModes.Zeros)
                {
                    using var padded = nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
                    return nn.functional.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
                }

                return padding_type is { } type
                    ? nn.functional.conv2d_padding(input, weight, bias, stride, type, dilation, groups)
                    : nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
            }
        }

        public sealed class ConvTranspose1d : ConvolutionTranspose
        {
            internal ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride, long padding, long output_padding, long dilation, long groups, bool bias,
                PaddingModes padding_mode, Device? device, ScalarType? dtype)
                : base(nameof(ConvTranspose1d), in_channels, out_channels, [kernel_size], [stride], [padding], null, [dilation], true, [output_padding], groups,
                    bias, padding_mode, device, dtype)
            {
            }

            public override Tensor forward(Tensor input, long[]? output_size)
            {
                RequireShape(input, 1);
                var extra = _output_padding(input, output_size, kernel_size, stride, padding!, dilation, 1);
                return nn.functional.conv_transpose1d(input, weight, bias, stride[0], padding![0], extra[0], dilation[0], groups);
            }
        }

        public sealed class ConvTranspose2d : ConvolutionTranspose
        {
            internal ConvTranspose2d(
                long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] output_padding, long[] dilation, long groups,
                bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
                : base(nameof(ConvTranspose2d), in_channels, out_channels, kernel_size, stride, padding, null, dilation, true, output_padding, groups, bias,
                    padding_mode, device, dtype)
            {
            }

            public override Tensor forward(Tensor input, long[]? output_size)
            {
                RequireShape(input, 2);
                var extra = _output_padding(input, output_size, kernel_size, stride, padding!, dilation, 2);
                return nn.functional.conv_transpose2d(input, weight, bias, stride, padding, extra, dilation, groups);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, null, dilation, groups, bias, padding_mode, device, dtype);

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, 0, padding, dilation, groups, bias, padding_mode, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], null, [dilation, dilation], groups, bias, padding_mode,
                    device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], null, padding, [dilation, dilation], groups, bias, padding_mode, device, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, Pair(kernel_size, 1), Pair(stride, 1), Pair(padding, 0), null, Pair(dilation, 1), groups, bias, padding_mode, device, dtype);

            public static ConvTranspose1d ConvTranspose1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation, groups, bias, padding_mode, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], [output_padding, output_padding],
                    [dilation, dilation], groups, bias, padding_mode, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, Pair(kernel_size, 1), Pair(stride, 1), Pair(padding, 0), Pair(output_padding, 0), Pair(dilation, 1), groups, bias,
                    padding_mode, device, dtype);

            private static long[] Pair((long, long)? value, long fallback) => value is { } v ? [v.Item1, v.Item2] : [fallback, fallback];
        }
    }
}
