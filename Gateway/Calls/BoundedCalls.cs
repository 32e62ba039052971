using JobTracker.Cluster;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Calls;

/// <summary>How long a call to the cluster is waited for, and when it is made again.</summary>
/// <remarks>
/// A call that waits on a silo that has died is not told of it: Orleans would let it wait for half a minute. So what may be made twice is
/// made a second time after a silence, and both answers are waited for ("hedged requests": Dean and Barroso, The Tail at Scale, 2013);
/// what may not ends with its outcome unknown.
/// </remarks>
internal sealed class BoundedCalls(ClusterLink link, IOptions<CallOptions> options, TimeProvider clock)
{
    /// <summary>Beyond the time for which a call is parked.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);
    private const int MostDoublings = 10;

    /// <summary>Calls that were made a second time although the first may still be answered.</summary>
    private int _repeats;

    public CallPace Usual { get; } = new(options.Value.Silence, options.Value.Longest);

    public CallPace Slow { get; } = new(options.Value.Longest, 5 * options.Value.Longest);

    /// <summary>Made again only where it never came to its grain.</summary>
    public async Task<T> OnceAsync<T>(Func<Task<T>> call, CallPace pace)
    {
        var turn = Begin(pace);
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await call().WaitAsync(turn.Left, clock);
            }
            catch (Exception fault) when (CallFailures.Of(fault) is CallFailure.Lost)
            {
                turn.Fail();
                throw;
            }
            catch (Exception fault) when (CallFailures.Of(fault) is CallFailure.NotDelivered)
            {
                turn.Fail();
                await PauseAsync(failures, turn.Left);
                if (turn.IsOver)
                    throw;
            }
        }
    }

    /// <summary>Made again where no answer comes; the first answer counts.</summary>
    /// <param name="call">Gets how often it has been made, this time included.</param>
    /// <param name="pace">How patient it is.</param>
    public Task<T> AgainAsync<T>(Func<int, Task<T>> call, CallPace pace)
    {
        var turn = Begin(pace);
        var first = call(1);
        return first.IsCompletedSuccessfully ? first : AgainAsync(call, new Asked<T>(first, clock), turn);
    }

    /// <summary>
    /// Parked for <paramref name="longest"/> at most. The call's own token fires as soon as nobody waits any more. What did not come through
    /// before does not count: who watches is patient, and his next look may find the job at another silo.
    /// </summary>
    public async Task<T> ParkAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan longest, CancellationToken stop)
    {
        RequireLink();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, link.Lost);
        try
        {
            return await call(over.Token).WaitAsync(longest + Grace, clock, over.Token);
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private async Task<T> AgainAsync<T>(Func<int, Task<T>> call, Asked<T> asked, CallTurn turn)
    {
        var repeats = 0;
        try
        {
            for (var attempt = 1; ;)
            {
                var heard = await asked.NextAsync(Least(turn.Pace.Silence, turn.Left), link.Lost);
                if (heard == Hearing.Answered)
                    return asked.Answer;
                turn.Fail();
                if (heard == Hearing.Failed)
                    await PauseAsync(attempt, turn.Left);
                if (turn.IsOver)
                    throw asked.Verdict;
                // Where too many are asked again already, there may be room after the next silence.
                if (heard == Hearing.Failed || MayRepeat(ref repeats))
                    asked.Add(Start(call, ++attempt));
            }
        }
        finally
        {
            Interlocked.Add(ref _repeats, -repeats);
            asked.Leave();
        }
    }

    /// <exception cref="ClusterUnavailableException">There is nobody to ask, or no time left to.</exception>
    private CallTurn Begin(CallPace pace)
    {
        RequireLink();
        var turn = new CallTurn(pace, CallBudget.Here, clock);
        return turn.IsOver ? throw new ClusterUnavailableException("The cluster did not answer in the request's time.") : turn;
    }

    /// <exception cref="ClusterUnavailableException">There is nobody to ask.</exception>
    private void RequireLink()
    {
        if (!link.IsUp)
            throw new ClusterUnavailableException("This process has no connection to the cluster yet.");
    }

    private static async Task<T> Start<T>(Func<int, Task<T>> call, int attempt) => await call(attempt);

    private bool MayRepeat(ref int mine)
    {
        if (Interlocked.Increment(ref _repeats) <= options.Value.Repeats)
        {
            mine++;
            return true;
        }
        Interlocked.Decrement(ref _repeats);
        return false;
    }

    /// <summary>Doubles, and a random half of it is left out, so that calls that failed together do not return together.</summary>
    private Task PauseAsync(int failures, TimeSpan left)
    {
        var doubled = Least(FirstPause * Math.Pow(2, Math.Min(failures - 1, MostDoublings)), LongestPause);
        var pause = Least(doubled * (1 - (Random.Shared.NextDouble() / 2)), left);
        return pause > TimeSpan.Zero ? Task.Delay(pause, clock) : Task.CompletedTask;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
