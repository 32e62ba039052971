using JobTracker.Cluster;
using JobTracker.Jobs;

namespace JobTracker.Client.Retrying;

/// <summary>What may be sent again, and after how long. Pure.</summary>
/// <remarks>
/// Reads: always. Creates (their key makes a second one harmless), cancels and deletes: always. Updates: where <see
/// cref="IsHarmlessTwice"/> says so; every command where the failure tells that nothing was stored.
/// </remarks>
internal static class RetryRules
{
    /// <param name="cancellation">What the caller waits under: its cancellation is final, anyone else's is a call that broke off.</param>
    public static CallFailure Tells(Exception exception, CancellationToken cancellation) =>
        exception is OperationCanceledException && cancellation.IsCancellationRequested ? CallFailure.Final : CallFailures.Of(exception);

    /// <summary>Whether the call may have been carried out.</summary>
    public static bool MayBeDone(CallFailure failure) => failure is CallFailure.Lost or CallFailure.Unknown;

    /// <summary>
    /// Whether a second arrival of the same update changes nothing, even if others changed the job in between. A version guards itself. A
    /// status is entered at most once in a job's life, and what comes with a terminal one is frozen by it. Anything else would overwrite
    /// what came in between.
    /// </summary>
    public static bool IsHarmlessTwice(UpdateJob command) => command switch
    {
        { ExpectedVersion: not null } => true,
        // Nothing opens what is sealed.
        { Seal: true } => command == new UpdateJob { Seal = true },
        { Status: null } or { MetadataPatch: not null } => false,
        { Status.IsTerminal: true } => true,
        _ => command == new UpdateJob { Status = command.Status },
    };

    /// <summary>
    /// Doubles from <paramref name="first"/> up to <paramref name="longest"/>; <paramref name="chance"/>
    /// (0 to 1) takes up to half of it away, so that callers that failed together do not return together.
    /// </summary>
    /// <param name="failures">1 or more.</param>
    public static TimeSpan PauseAfter(int failures, TimeSpan first, TimeSpan longest, double chance)
    {
        var doubled = first.Ticks * Math.Pow(2, failures - 1);
        return TimeSpan.FromTicks((long)(Math.Min(doubled, longest.Ticks) * (1 - (chance / 2))));
    }
}
