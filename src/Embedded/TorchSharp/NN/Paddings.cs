using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Pads the last dimensions.</summary>
        public abstract class PadBase : ParameterLessModule<Tensor, Tensor>
        {
            private readonly PaddingModes _mode;

            protected PadBase(string name, PaddingModes mode, double value, params long[] padding)
                : base(name)
            {
                _mode = mode;
                this.padding = padding;
                this.value = value;
            }

            public long[] padding { get; }

            public double value { get; }

            public override Tensor forward(Tensor input) => nn.functional.pad(input, padding, _mode, value);
        }

        public sealed class ReflectionPad1d : PadBase
        {
            internal ReflectionPad1d(params long[] padding) : base(nameof(ReflectionPad1d), PaddingModes.Reflect, 0, padding)
            {
            }
        }

        public sealed class ReflectionPad2d : PadBase
        {
            internal ReflectionPad2d(params long[] padding) : base(nameof(ReflectionPad2d), PaddingModes.Reflect, 0, padding)
            {
            }
        }

        public sealed class ReplicationPad1d : PadBase
        {
            internal ReplicationPad1d(params long[] padding) : base(nameof(ReplicationPad1d), PaddingModes.Replicate, 0, padding)
            {
            }
        }

        public sealed class ReplicationPad2d : PadBase
        {
            internal ReplicationPad2d(params long[] padding) : base(nameof(ReplicationPad2d), PaddingModes.Replicate, 0, padding)
            {
            }
        }

        public sealed class ZeroPad2d : PadBase
        {
            internal ZeroPad2d(params long[] padding) : base(nameof(ZeroPad2d), PaddingModes.Constant, 0, padding)
            {
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static ReflectionPad1d ReflectionPad1d(long padding) => new(padding, padding);

            public static ReflectionPad1d ReflectionPad1d((long, long) padding) => new(padding.Item1, padding.Item2);

            public static ReflectionPad2d ReflectionPad2d(long padding) => new(padding, padding, padding, padding);

            public static ReflectionPad2d ReflectionPad2d((long, long, long, long) padding) => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);

            public static ReplicationPad1d ReplicationPad1d(long padding) => new(padding, padding);

            public static ReplicationPad1d ReplicationPad1d((long, long) padding) => new(padding.Item1, padding.Item2);

            public static ReplicationPad2d ReplicationPad2d(long padding) => new(padding, padding, padding, padding);

            public static ReplicationPad2d ReplicationPad2d((long, long, long, long) padding) => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);

            public static ZeroPad2d ZeroPad2d(long padding) => new(padding, padding, padding, padding);

            public static ZeroPad2d ZeroPad2d((long, long, long, long) padding) => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);
        }
    }
}
