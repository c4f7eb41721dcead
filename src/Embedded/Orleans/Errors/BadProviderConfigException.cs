using Orleans.Runtime;

namespace Orleans.Storage;

public class BadProviderConfigException : OrleansException
{
    public BadProviderConfigException() { }
    public BadProviderConfigException(string msg) : base(msg) { }
    public BadProviderConfigException(string msg, Exception exc) : base(msg, exc) { }
}
