namespace Orchestrator.Collectives.Ring;

/// <summary>Walks through one side of a plan, chunk by chunk; both ends of a stream walk alike.</summary>
internal struct RingCursor
{
    private int _step;
    private long _done;

    /// <summary>Finds the next chunk without taking it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="sending">The side to walk.</param>
    /// <param name="chunkBytes">Longest chunk.</param>
    /// <param name="step">The chunk's step.</param>
    /// <param name="chunk">Where the chunk lies.</param>
    /// <returns>False at the end of the plan.</returns>
    public bool TryPeek(in RingPlan plan, bool sending, int chunkBytes, out int step, out Segment chunk)
    {
        var steps = sending ? plan.SendSteps : plan.ReceiveSteps;
        for (; _step < steps; _step++, _done = 0)
        {
            var segment = sending ? plan.Sent(_step) : plan.Received(_step);
            if (_done < segment.Length)
            {
                step = _step;
                chunk = new(segment.Offset + _done, Math.Min(chunkBytes, segment.Length - _done));
                return true;
            }
        }
        step = _step;
        chunk = default;
        return false;
    }

    /// <summary>Takes the chunk that was found.</summary>
    public void Advance(Segment chunk) => _done += chunk.Length;
}
