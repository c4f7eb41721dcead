using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Where a transform puts the factor 1/n.</summary>
public enum FFTNormType
{
    Backward = 0,
    Forward = 1,
    Ortho = 2,
}

public static partial class torch
{
    /// <summary>Discrete Fourier transforms.</summary>
    public static class fft
    {
        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_fft", input, Length(n), dim, Name(norm));
        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_ifft", input, Length(n), dim, Name(norm));
        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_rfft", input, Length(n), dim, Name(norm));
        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_irfft", input, Length(n), dim, Name(norm));
        public static Tensor hfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_hfft", input, Length(n), dim, Name(norm));
        public static Tensor ihfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_ihfft", input, Length(n), dim, Name(norm));
        public static Tensor fft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_fft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor ifft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_ifft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor rfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_rfft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor irfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_irfft2", input, s, dim ?? [-2, -1], Name(norm));
        public static Tensor fftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_fftn", input, s, dim, Name(norm));
        public static Tensor ifftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_ifftn", input, s, dim, Name(norm));
        public static Tensor rfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_rfftn", input, s, dim, Name(norm));
        public static Tensor irfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) => Op.Call("fft_irfftn", input, s, dim, Name(norm));
        public static Tensor fftshift(Tensor input, long[]? dim = null) => Op.Call("fft_fftshift", input, dim);
        public static Tensor ifftshift(Tensor input, long[]? dim = null) => Op.Call("fft_ifftshift", input, dim);

        public static Tensor fftfreq(long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Op.Call("fft_fftfreq", n, d, dtype ?? get_default_dtype(), Arg.Default, device ?? get_default_device()).With(requires_grad);

        public static Tensor rfftfreq(long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Op.Call("fft_rfftfreq", n, d, dtype ?? get_default_dtype(), Arg.Default, device ?? get_default_device()).With(requires_grad);

        private static long? Length(long n) => n < 0 ? null : n;

        private static string Name(FFTNormType norm) => norm.ToString().ToLowerInvariant();
    }

    public static Tensor stft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
        PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
        input.stft(n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex);

    public static Tensor istft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
        bool normalized = false, bool? onesided = null, long length = -1, bool return_complex = false) =>
        input.istft(n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex);

    public partial class Tensor
    {
        /// <summary>The short-time Fourier transform of (time) or (batch, time).</summary>
        public Tensor stft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null)
        {
            if (!center) return Op.Call("stft", this, n_fft, Given(hop_length), Given(win_length), window, normalized, onesided, return_complex);
            var sizes = Dimensions == 1 ? [1, 1, size(0)] : (long[])[1, size(0), size(1)];
            using var batched = view(sizes);
            using var padded = nn.functional.pad(batched, [n_fft / 2, n_fft / 2], pad_mode);
            using var signal = padded.view(Dimensions == 1 ? [-1] : [sizes[1], -1]);
            return Op.Call("stft", signal, n_fft, Given(hop_length), Given(win_length), window, normalized, onesided, return_complex);
        }

        public Tensor istft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            bool normalized = false, bool? onesided = null, long length = -1, bool return_complex = false) =>
            Op.Call("istft", this, n_fft, Given(hop_length), Given(win_length), window, center, normalized, onesided, Given(length), return_complex);

        private static long? Given(long value) => value < 0 ? null : value;
    }
}
