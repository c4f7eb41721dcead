namespace TorchSharp;

public static partial class torch
{
    public class Device
    {
        public Device(string description)
        {
            var parts = description.Split(':');
            if (parts.Length > 2 || !Enum.TryParse<DeviceType>(parts[0], ignoreCase: true, out var parsed))
                throw new ArgumentException($"'{description}' is not a device: it must be a type such as cpu or cuda, or type:index", nameof(description));
            type = parsed;
            index = parts.Length == 1 ? -1 : ParseIndex(description, parts[1]);
        }

        public Device(string deviceType, int index = -1)
            : this(deviceType) => this.index = Normalize(type, index);

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = Normalize(deviceType, index);
        }

        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; private set; }

        public int index { get; private set; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : $"{name}:{index}";
        }

        private static int Normalize(DeviceType type, int index) => type == DeviceType.CPU ? -1 : index;

        private static int ParseIndex(string description, string text) =>
            int.TryParse(text, out var value) && value >= 0
                ? value
                : throw new ArgumentException($"'{description}' is not a device: its index must be a number", nameof(description));
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => new(DeviceType.CUDA, 0);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);
}
