namespace JobTracker.Gateway.Calls;

/// <summary>
/// What the calls of one request have together: the moment since which they do not come through. A request that makes several waits no
/// longer for the cluster than one that makes a single call; one whose calls are answered may take its time.
/// </summary>
internal sealed class CallBudget
{
    private static readonly AsyncLocal<CallBudget?> Current = new();

    /// <summary>Zero: there was no trouble so far.</summary>
    private long _since;

    /// <summary>The request's; one of its own where there is no request.</summary>
    public static CallBudget Here => Current.Value ?? new CallBudget();

    /// <summary>Every request gets its own.</summary>
    public static void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        Current.Value = new CallBudget();
        await next(http);
    });

    /// <summary>Between two steps of a request that goes on for minutes: what went wrong before does not count for the next.</summary>
    public static void Renew()
    {
        if (Current.Value is { } budget)
            Interlocked.Exchange(ref budget._since, 0);
    }

    /// <summary>A call did not come through that began at this moment.</summary>
    public void Trouble(long began) => Interlocked.CompareExchange(ref _since, began, 0);

    /// <summary>From when on a call that began at this moment is counted.</summary>
    public long Since(long began) => Interlocked.Read(ref _since) is var since and not 0 ? Math.Min(since, began) : began;
}
