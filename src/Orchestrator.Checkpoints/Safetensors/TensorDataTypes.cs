namespace Orchestrator.Checkpoints.Safetensors;

/// <summary>Names and sizes of <see cref="TensorDataType"/>.</summary>
public static class TensorDataTypes
{
    private static readonly (TensorDataType Type, string Name, int Size)[] Table =
    [
        (TensorDataType.Bool, "BOOL", 1),
        (TensorDataType.UInt8, "U8", 1),
        (TensorDataType.Int8, "I8", 1),
        (TensorDataType.Int16, "I16", 2),
        (TensorDataType.Int32, "I32", 4),
        (TensorDataType.Int64, "I64", 8),
        (TensorDataType.Float16, "F16", 2),
        (TensorDataType.BFloat16, "BF16", 2),
        (TensorDataType.Float32, "F32", 4),
        (TensorDataType.Float64, "F64", 8),
    ];

    /// <summary>The name in the file's header, such as <c>F32</c>.</summary>
    public static string HeaderName(this TensorDataType type) => Table[(int)type].Name;

    /// <summary>Bytes per element.</summary>
    public static int Size(this TensorDataType type) => Table[(int)type].Size;

    /// <summary>Finds a type by its name in the header.</summary>
    /// <returns>False when no type has that name.</returns>
    public static bool TryParse(string? name, out TensorDataType type)
    {
        foreach (var row in Table)
        {
            if (row.Name == name)
            {
                type = row.Type;
                return true;
            }
        }

        type = default;
        return false;
    }
}
