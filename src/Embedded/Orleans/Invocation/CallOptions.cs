namespace Orleans.Runtime;

[Flags]
internal enum CallOptions
{
    None = 0,
    OneWay = 1,
    AlwaysInterleave = 2,
    ReadOnly = 4,
}
