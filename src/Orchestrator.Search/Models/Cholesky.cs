using System.Numerics;
using System.Runtime.InteropServices;

namespace Orchestrator.Search.Models;

/// <summary>The factor L of a symmetric positive definite matrix L L', by rows of the lower half; a few hundred rows at most.</summary>
internal static class Cholesky
{
    private const double FirstJitter = 1e-10;

    /// <summary>Factors a matrix given by rows of its lower half. Where rounding makes it indefinite, a little is added to its diagonal.</summary>
    public static double[][] Factor(double[][] matrix)
    {
        for (var jitter = 0.0; ; jitter = Math.Max(FirstJitter, jitter * 100))
        {
            if (TryFactor(matrix, jitter) is { } lower) return lower;
            if (jitter > 1) throw new ArgumentException("The matrix is not positive definite: it holds a value that is not a number.", nameof(matrix));
        }
    }

    /// <summary>The factor of a larger matrix whose upper left part has been factored.</summary>
    /// <param name="lower">The factor of that part.</param>
    /// <param name="rows">The further rows of the lower half. They are overwritten.</param>
    public static double[][] Extend(double[][] lower, double[][] rows)
    {
        double[][] extended = [.. lower, .. rows];
        for (var i = lower.Length; i < extended.Length; i++)
        {
            var row = extended[i];
            for (var j = 0; j < i; j++) row[j] = (row[j] - Dot(row, extended[j], j)) / extended[j][j];
            // Where rounding makes it indefinite, the point is one that is there already.
            row[i] = Math.Sqrt(Math.Max(FirstJitter, row[i] - Dot(row, row, i)));
        }
        return extended;
    }

    /// <summary>Solves L L' x = values.</summary>
    public static double[] Solve(double[][] lower, double[] values)
    {
        var x = (double[])values.Clone();
        ForwardSolve(lower, x);
        for (var i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= lower[i][i];
            for (var j = 0; j < i; j++) x[j] -= lower[i][j] * x[i];
        }
        return x;
    }

    /// <summary>Solves L x = values in place.</summary>
    public static void ForwardSolve(double[][] lower, double[] values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = (values[i] - Dot(lower[i], values, i)) / lower[i][i];
    }

    /// <summary>The lower half of the inverse of L L'.</summary>
    public static double[][] Inverse(double[][] lower)
    {
        var n = lower.Length;
        // Row j holds column j of the inverse of L, from its diagonal on.
        var columns = new double[n][];
        for (var j = 0; j < n; j++)
        {
            var column = columns[j] = new double[n];
            column[j] = 1 / lower[j][j];
            for (var i = j + 1; i < n; i++) column[i] = -Dot(lower[i].AsSpan(j, i - j), column.AsSpan(j, i - j)) / lower[i][i];
        }
        var inverse = new double[n][];
        for (var i = 0; i < n; i++)
        {
            inverse[i] = new double[i + 1];
            for (var j = 0; j <= i; j++) inverse[i][j] = Dot(columns[i].AsSpan(i), columns[j].AsSpan(i));
        }
        return inverse;
    }

    /// <summary>The scalar product of the first entries of two vectors.</summary>
    public static double Dot(double[] left, double[] right, int count) => Dot(left.AsSpan(0, count), right.AsSpan(0, count));

    /// <summary>The scalar product of two vectors; the second may be longer.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var lefts = MemoryMarshal.Cast<double, Vector<double>>(left);
        var rights = MemoryMarshal.Cast<double, Vector<double>>(right);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < lefts.Length; i++) sums += lefts[i] * rights[i];
        var sum = Vector.Sum(sums);
        for (var i = lefts.Length * Vector<double>.Count; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static double[][]? TryFactor(double[][] matrix, double jitter)
    {
        var lower = new double[matrix.Length][];
        for (var i = 0; i < matrix.Length; i++)
        {
            var row = lower[i] = (double[])matrix[i].Clone();
            for (var j = 0; j < i; j++) row[j] = (row[j] - Dot(row, lower[j], j)) / lower[j][j];
            var rest = row[i] + jitter - Dot(row, row, i);
            if (!(rest > 1e-14)) return null;
            row[i] = Math.Sqrt(rest);
        }
        return lower;
    }
}
