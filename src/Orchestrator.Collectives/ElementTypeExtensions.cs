namespace Orchestrator.Collectives;

internal static class ElementTypeExtensions
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type == ElementType.Float64 ? sizeof(double) : sizeof(float);
}
