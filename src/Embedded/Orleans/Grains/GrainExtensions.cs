using Orleans.Runtime;

namespace Orleans;

public static class GrainExtensions
{
    /// <summary>A reference to the same grain by another of its interfaces.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        var reference = ReferenceOf(grain);
        return reference.Silo.References.Create(interfaceType, reference.GrainId);
    }

    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    public static GrainId GetGrainId(this IAddressable grain) => ReferenceOf(grain).GrainId;

    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    public static long GetPrimaryKeyLong(this IAddressable grain) => GetGrainId(grain).GetIntegerKey();

    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt) => GetGrainId(grain).GetIntegerKey(out keyExt);

    public static Guid GetPrimaryKey(this IAddressable grain) => GetGrainId(grain).GetGuidKey();

    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt) => GetGrainId(grain).GetGuidKey(out keyExt);

    private static GrainReference ReferenceOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase { GrainContext: { } context } => context.GrainReference,
        null => throw new ArgumentNullException(nameof(grain)),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a grain reference.", nameof(grain)),
    };
}
