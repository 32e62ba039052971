namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>Something a grain waits for, with the moment after which it is told so instead.</summary>
internal sealed class PendingWork<TWork, TResult>(TWork work, long deadline)
{
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TWork Work { get; set; } = work;

    /// <summary>A timestamp of the queue's clock.</summary>
    public long Deadline => deadline;

    public Task<TResult> Completion => _completion.Task;

    public void Complete(TResult result) => _completion.TrySetResult(result);

    /// <summary>True, so that it reads as a filter: failed is done.</summary>
    public bool Fail(Exception problem) => _completion.TrySetException(problem);
}
