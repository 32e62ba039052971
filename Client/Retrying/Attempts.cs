using JobTracker.Cluster;

namespace JobTracker.Client.Retrying;

/// <summary>Sends a call again until it is answered, as far as <see cref="RetryRules"/> and the options allow.</summary>
internal sealed class Attempts(JobTrackerClientOptions options, TimeProvider clock, Random random)
{
    /// <summary>What takes long by itself, as asking a provider does, may take so many times as long as other calls.</summary>
    private const int Patience = 5;

    public async Task<T> ReadAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AnswerOf(call, options.LongestAnswer, cancellation);
            }
            catch (Exception e) when (attempt < options.MaxAttempts && RetryRules.Tells(e, cancellation) != CallFailure.Final)
            {
                await PauseAsync(attempt, cancellation);
            }
        }
    }

    /// <summary>
    /// Throws only where every attempt is known not to have been carried out; never learning is an <see cref="Answer{T}"/>.
    /// </summary>
    /// <param name="call">The command.</param>
    /// <param name="harmlessTwice">It may be sent again although it may have been carried out.</param>
    /// <param name="cancellation">Ends the waiting; what was sent stays sent.</param>
    /// <param name="isSlow">It takes long by itself.</param>
    public async Task<Answer<T>> SendAsync<T>(
        Func<Task<T>> call, bool harmlessTwice, CancellationToken cancellation, bool isSlow = false)
        where T : class
    {
        var longest = isSlow ? Patience * options.LongestAnswer : options.LongestAnswer;
        Exception? lost = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new Answer<T>(await AnswerOf(call, longest, cancellation), lost);
            }
            catch (Exception e) when (RetryRules.Tells(e, cancellation) is var failure and not CallFailure.Final)
            {
                if (RetryRules.MayBeDone(failure))
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

    /// <summary>
    /// A call that can no longer be taken back is at least no longer waited for: by its caller, or because its silo may be gone.
    /// </summary>
    private Task<T> AnswerOf<T>(Func<Task<T>> call, TimeSpan longest, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return call().WaitAsync(longest, clock, cancellation);
    }
}
