using System.Numerics;

namespace Orchestrator.Collectives.Arithmetic;

/// <summary>One reduce operation, on vectors and on single elements.</summary>
internal interface ICombination
{
    static abstract Vector<T> Combine<T>(Vector<T> left, Vector<T> right);

    static abstract T Combine<T>(T left, T right)
        where T : INumber<T>;
}
