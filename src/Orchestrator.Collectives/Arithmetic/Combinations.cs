using System.Numerics;

namespace Orchestrator.Collectives.Arithmetic;

/// <summary>The reduce operations.</summary>
internal static class Combinations
{
    public readonly struct Sum : ICombination
    {
        public static Vector<T> Combine<T>(Vector<T> left, Vector<T> right) => left + right;

        public static T Combine<T>(T left, T right)
            where T : INumber<T> => left + right;
    }

    public readonly struct Max : ICombination
    {
        public static Vector<T> Combine<T>(Vector<T> left, Vector<T> right) => Vector.Max(left, right);

        public static T Combine<T>(T left, T right)
            where T : INumber<T> => T.Max(left, right);
    }

    public readonly struct Min : ICombination
    {
        public static Vector<T> Combine<T>(Vector<T> left, Vector<T> right) => Vector.Min(left, right);

        public static T Combine<T>(T left, T right)
            where T : INumber<T> => T.Min(left, right);
    }
}
