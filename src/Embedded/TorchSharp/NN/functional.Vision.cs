using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
        NearestExact = 6,
    }

    public enum UpsampleMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Pads from the last dimension backwards: (left, right, top, bottom, ...).</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var constant = mode is PaddingModes.Constant or PaddingModes.Zeros;
                return Op.Call("pad", input, pad, constant ? "constant" : mode.ToString().ToLowerInvariant(), constant ? value : Arg.None);
            }

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>Resizes (batch, channel, spatial...), to a size or by a factor.</summary>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null,
                bool recompute_scale_factor = false, bool antialias = false)
            {
                if ((size is null) == (scale_factor is null)) throw new ArgumentException("give either size or scale_factor");
                var spatial = (int)x.Dimensions - 2;
                size = Each(size, spatial);
                scale_factor = Each(scale_factor, spatial);
                if (scale_factor is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    size = [.. scale_factor.Select((factor, i) => (long)Math.Floor(x.shape[i + 2] * factor))];
                    scale_factor = null;
                }

                var corners = align_corners ?? false;
                return (mode, spatial) switch
                {
                    (InterpolationMode.Nearest, 1) => Op.Call("upsample_nearest1d.vec", x, size, scale_factor),
                    (InterpolationMode.Nearest, 2) => Op.Call("upsample_nearest2d.vec", x, size, scale_factor),
                    (InterpolationMode.Nearest, 3) => Op.Call("upsample_nearest3d.vec", x, size, scale_factor),
                    (InterpolationMode.NearestExact, 1) => Op.Call("_upsample_nearest_exact1d.vec", x, size, scale_factor),
                    (InterpolationMode.NearestExact, 2) => Op.Call("_upsample_nearest_exact2d.vec", x, size, scale_factor),
                    (InterpolationMode.Area, 1) => adaptive_avg_pool1d(x, size![0]),
                    (InterpolationMode.Area, 2) => adaptive_avg_pool2d(x, size!),
                    (InterpolationMode.Linear, 1) => Op.Call("upsample_linear1d.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) when antialias => Op.Call("_upsample_bilinear2d_aa.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) => Op.Call("upsample_bilinear2d.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) when antialias => Op.Call("_upsample_bicubic2d_aa.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) => Op.Call("upsample_bicubic2d.vec", x, size, corners, scale_factor),
                    (InterpolationMode.Trilinear, 3) => Op.Call("upsample_trilinear3d.vec", x, size, corners, scale_factor),
                    _ => throw new NotSupportedException($"{mode} interpolation of a tensor of {x.Dimensions} dimensions"),
                };
            }

            public static Tensor upsample(
                Tensor input, long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                interpolate(input, size, scale_factor, (InterpolationMode)mode, align_corners);

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Op.Call("pixel_shuffle", input, upscale_factor);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Op.Call("pixel_unshuffle", input, downscale_factor);

            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Op.Call("im2col", input, (long[])[kernel_size, kernel_size], (long[])[dilation, dilation], (long[])[padding, padding], (long[])[stride, stride]);

            public static Tensor fold(Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Op.Call("col2im", input, (long[])[output_size, output_size], (long[])[kernel_size, kernel_size], (long[])[dilation, dilation],
                    (long[])[padding, padding], (long[])[stride, stride]);

            private static T[]? Each<T>(T[]? values, int count) => values is { Length: 1 } && count > 1 ? [.. Enumerable.Repeat(values[0], count)] : values;
        }
    }
}
