namespace TorchSharp.Modules;

/// <summary>The things that are done with each setting of an optimizer.</summary>
internal static class OptionsVisitors
{
    internal readonly struct Copy : IOptionsVisitor
    {
        public void Visit(ref double? own, double? other) => own = other;

        public void Visit(ref bool? own, bool? other) => own = other;
    }

    /// <summary>Takes the other's where there is none.</summary>
    internal readonly struct Complete : IOptionsVisitor
    {
        public void Visit(ref double? own, double? other) => own ??= other;

        public void Visit(ref bool? own, bool? other) => own ??= other;
    }

    internal readonly struct Read(BinaryReader reader) : IOptionsVisitor
    {
        public void Visit(ref double? own, double? other) => own = reader.ReadDouble();

        public void Visit(ref bool? own, bool? other) => own = reader.ReadBoolean();
    }

    internal readonly struct Write(BinaryWriter writer) : IOptionsVisitor
    {
        public void Visit(ref double? own, double? other) => writer.Write(own!.Value);

        public void Visit(ref bool? own, bool? other) => writer.Write(own!.Value);
    }
}
