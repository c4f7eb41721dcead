namespace Orchestrator.Search.Algorithms.Cma;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations. Golub, Van Loan: Matrix Computations, chapter 8.5.</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    /// <summary>Decomposes a matrix; the columns of the vectors belong to the values.</summary>
    public static (double[] Values, double[,] Vectors) Of(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++) vectors[i, i] = 1;
        for (var sweep = 0; sweep < MostSweeps && OffDiagonal(a) > 1e-22 * Diagonal(a); sweep++)
        {
            for (var p = 0; p < n; p++)
                for (var q = p + 1; q < n; q++)
                    if (a[p, q] != 0) Rotate(a, vectors, p, q);
        }
        var values = new double[n];
        for (var i = 0; i < n; i++) values[i] = a[i, i];
        return (values, vectors);
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        var n = a.GetLength(0);
        var ratio = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var tangent = (ratio >= 0 ? 1 : -1) / (Math.Abs(ratio) + Math.Sqrt(ratio * ratio + 1));
        var cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        var sine = tangent * cosine;
        for (var k = 0; k < n; k++) (a[k, p], a[k, q]) = (cosine * a[k, p] - sine * a[k, q], sine * a[k, p] + cosine * a[k, q]);
        for (var k = 0; k < n; k++) (a[p, k], a[q, k]) = (cosine * a[p, k] - sine * a[q, k], sine * a[p, k] + cosine * a[q, k]);
        for (var k = 0; k < n; k++) (vectors[k, p], vectors[k, q]) = (cosine * vectors[k, p] - sine * vectors[k, q], sine * vectors[k, p] + cosine * vectors[k, q]);
    }

    private static double OffDiagonal(double[,] a)
    {
        var sum = 0.0;
        for (var i = 0; i < a.GetLength(0); i++)
            for (var j = 0; j < i; j++) sum += a[i, j] * a[i, j];
        return sum;
    }

    private static double Diagonal(double[,] a)
    {
        var sum = 0.0;
        for (var i = 0; i < a.GetLength(0); i++) sum += a[i, i] * a[i, i];
        return sum;
    }
}
