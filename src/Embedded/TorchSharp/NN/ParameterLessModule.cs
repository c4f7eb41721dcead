namespace TorchSharp.Modules;

/// <summary>A module without parameters or buffers.</summary>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }
}

public abstract class ParameterLessModule<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }
}
