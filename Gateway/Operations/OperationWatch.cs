using JobTracker.Callers;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Operations;

namespace JobTracker.Gateway.Operations;

/// <summary>Follows one operation across failures of the cluster, as <see cref="Jobs.Watching.JobWatch"/> follows a job.</summary>
internal sealed class OperationWatch(GrainCalls calls, TimeProvider clock)
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks when the first one came back at once with nothing.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The operation once its version is beyond that of <paramref name="seen"/>, or as it was seen after <paramref name="longest"/> (5 s at
    /// most); an outage looks like nothing new. Null: it is gone.
    /// </summary>
    public async Task<OperationSnapshot?> LookAsync(OperationSnapshot seen, Caller caller, TimeSpan longest, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var step = longest < LongestStep ? longest : LongestStep;
        try
        {
            var now = await calls.Operation(seen.Id).ParkAsync(
                step, (operation, token) => operation.WaitForChangeAsync(caller, seen.Version, step, token), stop);
            if (now is null || now.Version > seen.Version)
                return now;
        }
        catch (Exception fault) when (Outage.IsPassing(fault) || stop.IsCancellationRequested)
        {
            // Whatever it was, the next look begins where this one did.
        }
        var rest = (Pause < step ? Pause : step) - clock.GetElapsedTime(began);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return seen;
    }
}
