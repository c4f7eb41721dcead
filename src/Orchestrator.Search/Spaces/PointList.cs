using Orchestrator.Domain.Parameters;

namespace Orchestrator.Search.Spaces;

/// <summary>
/// The points of a space of finite dimensions, in order: the last dimension changes fastest, one that is not active does not change at all, and
/// points that break a constraint are left out. An odometer: the next point costs one step of a digit, and no point is held.
/// </summary>
internal sealed class PointList(SearchSpace space)
{
    // So many combinations in a row that break a constraint, and the rest of the space counts as empty.
    private const int MostSkipped = 1_000_000;

    private readonly long[] _digits = new long[space.Dimensions.Count];
    private readonly ParameterValue?[] _values = new ParameterValue?[space.Dimensions.Count];
    private bool _begun;

    /// <summary>The next point; null at the end.</summary>
    public ParameterSet? Next()
    {
        for (var skipped = 0; skipped < MostSkipped; skipped++)
        {
            if (!Advance()) return null;
            var point = space.Build(_values);
            if (space.IsAllowed(point)) return point;
        }
        return null;
    }

    private bool Advance()
    {
        if (!_begun)
        {
            _begun = true;
            Reset(0);
            return true;
        }
        for (var i = _digits.Length - 1; i >= 0; i--)
        {
            if (_values[i] is null || _digits[i] + 1 >= space.Dimensions[i].Count) continue;
            _values[i] = space.Dimensions[i].At(++_digits[i]);
            Reset(i + 1);
            return true;
        }
        return false;
    }

    // Which dimensions are active depends on those before them alone.
    private void Reset(int from)
    {
        for (var i = from; i < _digits.Length; i++)
        {
            _digits[i] = 0;
            _values[i] = space.IsActive(i, _values) ? space.Dimensions[i].At(0) : null;
        }
    }
}
