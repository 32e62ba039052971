namespace JobTracker.Gateway.Calls;

/// <summary>One call's time, out of its request's.</summary>
internal readonly struct CallTurn(CallPace pace, CallBudget budget, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();

    public CallPace Pace => pace;

    /// <summary>Never less than zero.</summary>
    public TimeSpan Left => pace.Longest - clock.GetElapsedTime(budget.Since(_began)) is var left && left > TimeSpan.Zero
        ? left
        : TimeSpan.Zero;

    public bool IsOver => Left == TimeSpan.Zero;

    /// <summary>It did not come through: from its beginning on the request's time counts.</summary>
    public void Fail() => budget.Trouble(_began);
}
