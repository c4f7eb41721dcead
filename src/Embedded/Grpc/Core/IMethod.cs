namespace Grpc.Core;

/// <summary>A method of a service.</summary>
public interface IMethod
{
    MethodType Type { get; }

    string ServiceName { get; }

    string Name { get; }

    /// <value><c>/service/method</c>.</value>
    string FullName { get; }
}
