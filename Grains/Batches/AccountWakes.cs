using JobTracker.Batches;

namespace JobTracker.Grains.Batches;

/// <summary>
/// The wakings of one account's batches: so many at once, so many in line, none twice. Another account's never wait for them.
/// </summary>
internal sealed class AccountWakes(int atOnce, int inLine, Func<BatchId, Task> wake)
{
    private readonly Queue<BatchId> _line = new();
    private readonly HashSet<BatchId> _known = [];
    private int _running;

    /// <summary>Batches being woken or waiting for it.</summary>
    public int Count => _known.Count;

    /// <summary>False where it is in hand already, or there is no room; it stays due.</summary>
    public bool TryWake(BatchId id)
    {
        if (_known.Count >= inLine || !_known.Add(id))
            return false;
        _line.Enqueue(id);
        if (_running < atOnce)
            _ = RunAsync();
        return true;
    }

    /// <summary>One of those at once: it goes on until the line is empty. It never fails, because waking does not.</summary>
    private async Task RunAsync()
    {
        _running++;
        while (_line.TryDequeue(out var id))
        {
            await wake(id);
            _known.Remove(id);
        }
        _running--;
    }
}
