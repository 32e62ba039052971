namespace JobTracker.Client.Retrying;

/// <summary>Sends a call again until it is answered, as far as <see cref="RetryRules"/> and the options allow.</summary>
internal sealed class Attempts(JobTrackerClientOptions options, TimeProvider clock, Random random)
{
    public async Task<T> ReadAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AnswerOf(call, cancellation);
            }
            catch (Exception e) when (attempt < options.MaxAttempts
                && RetryRules.Tells(e, cancellation) is Failure.NotDone or Failure.Unknown)
            {
                await PauseAsync(attempt, cancellation);
            }
        }
    }

    /// <summary>
    /// Throws only where every attempt is known not to have been carried out; never learning is an <see cref="Answer{T}"/>.
    /// </summary>
    public async Task<Answer<T>> SendAsync<T>(Func<Task<T>> call, bool harmlessTwice, CancellationToken cancellation)
        where T : class
    {
        Exception? lost = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new Answer<T>(await AnswerOf(call, cancellation), lost);
            }
            catch (Exception e) when (RetryRules.Tells(e, cancellation) is var failure and not Failure.Final)
            {
                if (failure == Failure.Unknown)
                    lost ??= e;
                if (lost is not null && !harmlessTwice)
                    return new Answer<T>(Outcome: null, lost);
                if (attempt == options.MaxAttempts && lost is not null)
                    return new Answer<T>(Outcome: null, lost);
                if (attempt == options.MaxAttempts)
                    throw;
                await PauseAsync(attempt, cancellation);
            }
        }
    }

    public Task PauseAsync(int failures, CancellationToken cancellation) =>
        Task.Delay(RetryRules.PauseAfter(failures, options.FirstPause, options.LongestPause, random.NextDouble()), clock, cancellation);

    /// <summary>A call that can no longer be taken back is at least no longer waited for.</summary>
    private static Task<T> AnswerOf<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return call().WaitAsync(cancellation);
    }
}
