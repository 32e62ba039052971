using System.Text;
using System.Text.Json;
using JobTracker.Jobs;

namespace JobTracker.Client.Running;

/// <summary>What a worker's end looks like as a change of its job. Pure.</summary>
internal static class FinalReport
{
    private const int LongestCode = 128;
    private const int LongestMessage = 8192;

    public static UpdateJob Completed(JobCompletion completion) => new()
    {
        Status = JobStatus.Completed,
        StopReason = completion.StopReason is { } reason ? Change.To(reason) : default,
        TotalDurationNs = Nanoseconds(completion.TotalDuration),
        TtftNs = Nanoseconds(completion.TimeToFirstToken),
        MetadataPatch = completion.Metadata?.ToJsonString(JsonSerializerOptions.Default),
    };

    /// <param name="wasStopped">The caller took its worker away: no fault of the work.</param>
    public static UpdateJob Failed(Exception exception, bool wasStopped) => exception switch
    {
        JobFailedException own => Failed(own.Code, own.Message, own.StopReason),
        OperationCanceledException when wasStopped => Failed("worker_stopped", "The worker was stopped before the job was done.", "error"),
        _ => Failed(exception.GetType().Name, exception.Message, "error"),
    };

    /// <summary>For a report that the service did not take: the job must not stay running with nobody at it.</summary>
    public static UpdateJob Failed(Refusal.InvalidField invalid) =>
        Failed("invalid_report", $"The worker's last report was refused: {invalid.Field} {invalid.Problem}.", "error");

    private static UpdateJob Failed(string code, string message, string stopReason) => new()
    {
        Status = JobStatus.Failed,
        StopReason = Change.To(stopReason),
        Error = Change.To(new JobError(Storable(code, LongestCode), Storable(message, LongestMessage))),
    };

    private static Change<long?> Nanoseconds(TimeSpan? span) =>
        span is { Ticks: var ticks } ? Change.To<long?>(ticks * TimeSpan.NanosecondsPerTick) : default;

    /// <summary>
    /// An exception may say anything, and whatever it says must not keep its
    /// job from failing: cut to length, NUL and half surrogate pairs replaced.
    /// </summary>
    private static string Storable(string text, int longest)
    {
        var cut = text.Length > longest ? text[..longest] : text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut.Replace('\0', '\uFFFD')));
    }
}
