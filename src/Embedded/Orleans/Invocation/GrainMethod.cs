using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>One method of a grain interface and what its attributes say.</summary>
internal abstract class GrainMethod
{
    protected GrainMethod(Type interfaceType, MethodInfo method)
    {
        InterfaceType = interfaceType;
        Method = method;
        DisplayName = $"{interfaceType.FullName}.{method.Name}";
        Options = OptionsOf(method);
        Timeout = (method.GetCustomAttribute<ResponseTimeoutAttribute>() ?? interfaceType.GetCustomAttribute<ResponseTimeoutAttribute>())?.Timeout;
        TakesToken = method.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken));
    }

    protected GrainMethod(Type interfaceType, MethodInfo method, CallOptions options) : this(interfaceType, method) => Options = options;

    public Type InterfaceType { get; }
    public MethodInfo Method { get; }
    public string DisplayName { get; }
    public CallOptions Options { get; }
    public TimeSpan? Timeout { get; }
    public bool TakesToken { get; }
    public bool IsOneWay => (Options & CallOptions.OneWay) != CallOptions.None;

    private static CallOptions OptionsOf(MethodInfo method)
    {
        var options = CallOptions.None;
        if (method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void)) options |= CallOptions.OneWay;
        if (method.IsDefined(typeof(AlwaysInterleaveAttribute))) options |= CallOptions.AlwaysInterleave;
        if (method.IsDefined(typeof(ReadOnlyAttribute))) options |= CallOptions.ReadOnly;
        return options;
    }
}
