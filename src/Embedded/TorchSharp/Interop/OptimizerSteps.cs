using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Mirrors AdamOptions of native/src/optim.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AdamStep
{
    internal double LearningRate;
    internal double Beta1;
    internal double Beta2;
    internal double Epsilon;
    internal double WeightDecay;
    internal int Maximize;
    internal int Decoupled;
}

/// <summary>Mirrors SgdOptions of native/src/optim.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SgdStep
{
    internal double LearningRate;
    internal double Momentum;
    internal double Dampening;
    internal double WeightDecay;
    internal int Maximize;
    internal int Nesterov;
}

/// <summary>Mirrors RmsPropOptions of native/src/optim.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RmsPropStep
{
    internal double LearningRate;
    internal double Alpha;
    internal double Epsilon;
    internal double WeightDecay;
    internal double Momentum;
    internal int Maximize;
}
