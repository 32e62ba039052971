using System.Runtime.CompilerServices;
using JobTracker.Client.Retrying;
using JobTracker.Cluster;
using JobTracker.Jobs;
using JobTracker.Storage;
using Orleans.Runtime.Messaging;

namespace JobTracker.Tests.Unit.Client;

public sealed class RetryRulesTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static TheoryData<Exception, string> Failures => new()
    {
        { new StorageUnavailableException("down"), nameof(CallFailure.NotDone) },
        { new StorageOverloadedException("full"), nameof(CallFailure.NotDone) },
        { new GatewayTooBusyException("busy"), nameof(CallFailure.NotDone) },
        { new LimitExceededException("queue"), nameof(CallFailure.NotDone) },
        { new OutcomeUnknownException("lost"), nameof(CallFailure.Unknown) },
        { new TimeoutException("30 s"), nameof(CallFailure.Lost) },
        { new SiloUnavailableException("dead"), nameof(CallFailure.Lost) },
        { new SiloUnavailableException("Silo 'S127.0.0.1:1:2' is shutting down."), nameof(CallFailure.NotDelivered) },
        { new ConnectionFailedException("refused"), nameof(CallFailure.NotDelivered) },
        { Orleans<OrleansMessageRejectionException>(), nameof(CallFailure.NotDelivered) },
        { new OrleansException("Trying to register job/job-1 on invalid silo: S127.0.0.1:1:2. Known status: Dead"), nameof(CallFailure.NotDelivered) },
        { new OrleansException("something else"), nameof(CallFailure.Final) },
        { Orleans<ClientNotAvailableException>(), nameof(CallFailure.Lost) },
        { new OperationCanceledException("the silo's"), nameof(CallFailure.Lost) },
        { new UnauthorizedAccessException("another organization"), nameof(CallFailure.Final) },
        { new InvalidOperationException("bug"), nameof(CallFailure.Final) },
        { new ObjectDisposedException("client"), nameof(CallFailure.Final) },
    };

    [Theory, MemberData(nameof(Failures))]
    public void A_failure_tells_whether_the_call_was_carried_out(Exception exception, string expected) =>
        Assert.Equal(expected, RetryRules.Tells(exception, CancellationToken.None).ToString());

    [Fact]
    public void The_callers_own_cancellation_is_final() =>
        Assert.Equal(CallFailure.Final, RetryRules.Tells(new OperationCanceledException(), new CancellationToken(canceled: true)));

    public static TheoryData<UpdateJob, bool> Updates => new()
    {
        { new UpdateJob { Status = JobStatus.Pending }, true },
        { new UpdateJob { Status = JobStatus.Running }, true },
        { new UpdateJob { Status = JobStatus.Completed }, true },
        { new UpdateJob { Status = JobStatus.Completed, StopReason = Change.To("end_turn"), TtftNs = Change.To<long?>(1) }, true },
        { new UpdateJob { Status = JobStatus.Failed, Error = Change.To(new JobError("e", "m")) }, true },
        { new UpdateJob { Progress = Change.To(new JobProgress(1, 2, null)), ExpectedVersion = 3 }, true },
        { new UpdateJob { MetadataPatch = "{}", ExpectedVersion = 3 }, true },
        { new UpdateJob { Status = JobStatus.Running, Progress = Change.To(new JobProgress(1, 2, null)) }, false },
        { new UpdateJob { Status = JobStatus.Running, ExpiresAt = Change.To<DateTimeOffset?>(null) }, false },
        { new UpdateJob { Status = JobStatus.Completed, MetadataPatch = """{"a":1}""" }, false },
        { new UpdateJob { Progress = Change.To(new JobProgress(1, 2, null)) }, false },
        { new UpdateJob { MetadataPatch = """{"a":1}""" }, false },
        { new UpdateJob(), false },
    };

    [Theory, MemberData(nameof(Updates))]
    public void An_update_is_repeated_only_where_a_second_arrival_overwrites_nobody(UpdateJob command, bool harmless) =>
        Assert.Equal(harmless, RetryRules.IsHarmlessTwice(command));

    [Fact]
    public void Pauses_double_up_to_the_longest() =>
        Assert.Equal(
            [100, 200, 400, 800, 1600, 3200, 5000, 5000],
            Enumerable.Range(1, 8).Select(failures => RetryRules.PauseAfter(failures, First, Longest, chance: 0).TotalMilliseconds));

    [Fact]
    public void Chance_takes_away_up_to_half_of_a_pause() =>
        Assert.Equal(TimeSpan.FromMilliseconds(50), RetryRules.PauseAfter(1, First, Longest, chance: 1));

    [Fact]
    public void A_pause_stays_in_bounds_however_long_it_has_failed() =>
        Assert.Equal(Longest, RetryRules.PauseAfter(int.MaxValue, First, Longest, chance: 0));

    /// <summary>Orleans keeps the constructors of these to itself.</summary>
    private static T Orleans<T>()
        where T : Exception => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
