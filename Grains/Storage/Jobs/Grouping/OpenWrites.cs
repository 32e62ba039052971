namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>
/// The writers of this silo whose last answer was lost and whose statement may still be carried out. A row of theirs tells nothing before
/// that is over.
/// </summary>
internal sealed class OpenWrites
{
    private readonly Lock _lock = new();
    private readonly HashSet<object> _writers = new(ReferenceEqualityComparer.Instance);
    private TaskCompletionSource _none = Completed();

    /// <summary>Done when what is open now is over.</summary>
    public Task OverAsync()
    {
        lock (_lock)
            return _none.Task;
    }

    /// <summary>Before anybody is told that its outcome is not known.</summary>
    public void Add(object writer)
    {
        lock (_lock)
        {
            if (_writers.Count == 0)
                _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _writers.Add(writer);
        }
    }

    public void Remove(object writer)
    {
        lock (_lock)
        {
            if (_writers.Remove(writer) && _writers.Count == 0)
                _none.SetResult();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var none = new TaskCompletionSource();
        none.SetResult();
        return none;
    }
}
