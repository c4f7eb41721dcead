namespace Orleans;

/// <summary>Marks a type that may cross a grain call. Upstream generates its serializer; here arguments pass by reference.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    public GenerateFieldIds GenerateFieldIds { get; init; }
    public bool IncludePrimaryConstructorParameters { get; init; } = true;
}
