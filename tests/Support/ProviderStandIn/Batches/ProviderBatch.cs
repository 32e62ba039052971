namespace JobTracker.Tests.StandIn.Batches;

/// <summary>
/// A batch as the provider holds it, and a test's hand on it. Time alone moves it (<see cref="BatchPace"/>); the methods
/// here move it at once. Safe for concurrent use.
/// </summary>
public sealed class ProviderBatch
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ItemOutcome> _decided = [];
    private readonly TimeProvider _clock;
    private readonly BatchPace _pace;
    private BatchProgress _progress;
    private int? _finished;

    internal ProviderBatch(BatchOrder order, TimeProvider clock, BatchPace pace)
    {
        (Order, _clock, _pace) = (order, clock, pace);
        var now = clock.GetUtcNow() + order.CarriedOutAfter;
        var start = new BatchProgress
        {
            Phase = BatchPhase.Validating,
            CreatedAt = now,
            ExpiresAt = now
            + pace.Window,
            InputRefused = order.InputErrors.Count > 0
        };
        _progress = order.Dialect is Dialect.Anthropic ? start.Start(now) : start;
    }

    public BatchOrder Order { get; }

    public string Id => Order.Id;

    public IReadOnlyList<BatchItem> Items => Order.Items;

    /// <summary>
    /// Each succeeded result carries a text of this many bytes, made while it is sent: 100,000 items of 2,300 make 250 MB.
    /// </summary>
    public int PaddingBytes { get; set; }

    /// <summary>OpenAI only: a file that does not exist is <c>""</c> instead of null, as some compatible servers have it.</summary>
    public bool AbsentFilesAreEmptyStrings { get; set; }

    /// <summary>OpenAI only: requests that were cancelled or expired have no line at all instead of a line in the error file.</summary>
    public bool OmitsUnfinished { get; set; }

    /// <summary>What the clock and the test have made of it by now.</summary>
    public BatchProgress Progress
    {
        get
        {
            lock (_gate)
                return _progress = _progress.At(_clock.GetUtcNow(), _pace);
        }
    }

    /// <summary>As the answer to create or cancel shows it: not yet moved on by the clock.</summary>
    internal BatchProgress LastSeen
    {
        get
        {
            lock (_gate)
                return _progress;
        }
    }

    /// <summary>
    /// The share of the work that is done; after a cancel or an expiry only the first so many requests keep their outcome.
    /// </summary>
    public int Finished
    {
        get
        {
            var progress = Progress;
            lock (_gate)
                return _finished ?? FinishedByTime(progress);
        }
    }

    /// <summary>Fixes how one request ends. It then counts as done, also when the batch is cancelled or expires.</summary>
    public void Decide(string customId, ItemOutcome outcome)
    {
        lock (_gate)
            _decided[customId] = outcome;
    }

    /// <summary>The first <paramref name="count"/> requests, in the order of submission, are done.</summary>
    public void FinishFirst(int count)
    {
        lock (_gate)
            _finished = count;
    }

    public void Start() => Move((progress, now) => progress.Start(now));

    public void StartFinalizing() => Move((progress, now) => progress.Finalize(now));

    public void End() => Move((progress, now) => progress.End(now, BatchEnding.Completed));

    public void Cancel() => Move((progress, now) => progress.Cancel(now));

    public void EndCanceled() => Move((progress, now) => progress.Cancel(now).End(now, BatchEnding.Canceled));

    public void Expire() => Move((progress, now) => progress.End(now, BatchEnding.Expired));

    /// <summary>
    /// OpenAI only: fails as an input file that was refused does, with nothing in <c>errors</c> unless the file had some.
    /// </summary>
    public void Fail() => Move((progress, now) => progress.End(now, BatchEnding.Failed));

    public ItemOutcome OutcomeOf(int index)
    {
        var finished = Finished;
        lock (_gate)
            return OutcomeOf(index, finished, _progress.Ending);
    }

    public OutcomeCounts CountOutcomes()
    {
        var finished = Finished;
        var counts = default(OutcomeCounts);
        lock (_gate)
        {
            for (var index = 0; index < Items.Count; index++)
                counts = counts.And(OutcomeOf(index, finished, _progress.Ending));
        }

        return counts;
    }

    private ItemOutcome OutcomeOf(int index, int finished, BatchEnding? ending) => ending switch
    {
        _ when _decided.TryGetValue(Items[index].CustomId, out var decided) => decided,
        BatchEnding.Canceled when index >= finished => ItemOutcome.Cancels,
        BatchEnding.Expired when index >= finished => ItemOutcome.Expires,
        _ => ItemOutcome.Succeeds,
    };

    private int FinishedByTime(BatchProgress progress)
    {
        if (progress.Ending is BatchEnding.Completed || progress.Phase is BatchPhase.Finalizing)
            return Items.Count;
        if (progress.InProgressAt is not { } started || _pace.InProgress is not { } duration || duration <= TimeSpan.Zero)
            return 0;
        var until = progress.CancelRequestedAt ?? progress.EndedAt ?? _clock.GetUtcNow();
        return (int)(Items.Count * Math.Clamp((until - started) / duration, 0, 1));
    }

    private void Move(Func<BatchProgress, DateTimeOffset, BatchProgress> how)
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var progress = _progress.At(now, _pace);
            _progress = progress.Phase is BatchPhase.Ended ? progress : how(progress, now);
        }
    }
}
