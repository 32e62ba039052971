using System.Net;
using System.Text.Json;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Callbacks;

/// <summary>The whole way: a job ends, a real receiver is told, and the job says what came of it.</summary>
public abstract class CallbackDeliveryTests(CallbackClusterFixture fixture) : CallbackClusterTests(fixture)
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The answer, what the job then shows of it, and after how many seconds the next attempt is due.</summary>
    public static TheoryData<string, int?, string?, int?> Answers => new()
    {
        { "200", 200, null, null },
        { "204", 204, null, null },
        { "301", 301, "redirect 301 is not followed", 5 },
        { "410", 410, "answered 410: the receiver wants no more callbacks", null },
        { "429 in 7 s", 429, "answered 429", 7 },
        { "500", 500, "answered 500", 5 },
        { "hang", null, "timed out after 5 s", 5 },
        { "reset", null, "connection *", 5 },
        { "endless", 200, null, null },
    };

    [Fact]
    public async Task A_receiver_learns_of_the_end_at_once_by_a_signed_POST_and_the_job_shows_it()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var grain = await CompletedAsync(receiver.Url());

        var request = await receiver.NextAsync();
        var job = await AfterAttemptsAsync(grain, 1);
        Assert.Equal($"msg_{job.Id}_completed", request.Id);
        var body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(["job_id", "status", "completed_at", "metadata"], body.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            (job.Id.ToString(), "completed", job.CompletedAt), (body.GetProperty("job_id")
                .GetString(), body.GetProperty("status").GetString(), body.GetProperty("completed_at").GetDateTimeOffset()));
        Assert.Equal("""{"source_id":"42"}""", body.GetProperty("metadata").GetRawText());
        Assert.True(request.IsSignedWith(await SecretOfAsync(Alice), Now));
        Assert.Equal(
            (204, null, 1, null, Now, Now),
            (job.Callback!.StatusCode, job.Callback.Error, job.Callback.Attempts, job.Callback.NextAttemptAt, job.Callback.SentAt,
                job.Callback.DeliveredAt));
        Assert.Equal((3L, "system"), (job.Version, job.LastUpdatedById));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Whatever_a_receiver_does_the_job_shows_it_and_when_it_is_told_again(
        string answer, int? status, string? error, int? nextAfter)
    {
        await using var receiver = await TestReceiver.StartAsync();
        receiver.Answer = _ => AnswerOf(answer, receiver);
        var grain = await CompletedAsync(receiver.Url());
        await receiver.NextAsync();
        if (answer == "hang")
            Clock.Advance(AttemptTimeout);

        var callback = (await AfterAttemptsAsync(grain, 1)).Callback!;
        Assert.Equal(status, callback.StatusCode);
        AssertLike(error, callback.Error);
        Assert.Equal(nextAfter is { } seconds ? Now.AddSeconds(seconds) : null, callback.NextAttemptAt);
        Assert.Equal(error is null ? Now : null, callback.DeliveredAt);
        var attempt = Assert.Single((await grain.GetCallbackAttemptsAsync(Alice))!.Attempts);
        Assert.Equal((callback.SentAt!.Value, callback.StatusCode, callback.Error, answer == "hang" ? AttemptTimeout : TimeSpan.Zero),
            (attempt.At, attempt.StatusCode, attempt.Error, attempt.Duration));
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task A_failed_attempt_is_made_again_on_time_with_the_same_id_and_the_same_body()
    {
        await using var receiver = await TestReceiver.StartAsync();
        receiver.Answer = _ => TestAnswer.Status(receiver.Count == 1 ? 500 : 204);
        var grain = await CompletedAsync(receiver.Url());
        var first = await receiver.NextAsync();
        await AfterAttemptsAsync(grain, 1);

        await WakeAfterAsync(grain, TimeSpan.FromSeconds(4.9));
        Assert.Equal(1, receiver.Count);
        await WakeAfterAsync(grain, TimeSpan.FromSeconds(0.1));

        var second = await receiver.NextAsync();
        Assert.Equal((first.Id, first.Text), (second.Id, second.Text));
        Assert.NotEqual(first.Headers["webhook-timestamp"], second.Headers["webhook-timestamp"]);
        Assert.True(second.IsSignedWith(await SecretOfAsync(Alice), Now));
        var job = await AfterAttemptsAsync(grain, 2);
        Assert.Equal(
            (204, null, null, Now), (job.Callback!.StatusCode, job.Callback.Error, job.Callback.NextAttemptAt, job.Callback.DeliveredAt));
        await Cluster.Orleans.DeactivateAsync(grain);
        AssertSame(job, await grain.GetAsync(Alice));
        Assert.Equal([500, 204], (await grain.GetCallbackAttemptsAsync(Alice))!.Attempts.Select(attempt => attempt.StatusCode));
    }

    [Fact]
    public async Task Eight_attempts_are_made_over_the_schedule_then_it_is_given_up_and_a_redelivery_begins_anew()
    {
        await using var receiver = await TestReceiver.StartAsync();
        receiver.Answer = _ => TestAnswer.Status(404);
        var grain = await CompletedAsync(receiver.Url());
        TimeSpan[] delays = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
            TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10)];
        for (var made = 1; made <= delays.Length; made++)
        {
            Assert.Equal(Now + delays[made - 1], (await AfterAttemptsAsync(grain, made)).Callback!.NextAttemptAt);
            await WakeAfterAsync(grain, delays[made - 1]);
        }

        var givenUp = (await AfterAttemptsAsync(grain, 8)).Callback!;
        Assert.Equal((404, "answered 404; given up after 8 attempts", null, null),
            (givenUp.StatusCode, givenUp.Error, givenUp.NextAttemptAt, givenUp.DeliveredAt));
        await WakeAfterAsync(grain, TimeSpan.FromDays(1));
        Assert.Equal(8, receiver.Count);

        receiver.Answer = _ => TestAnswer.Status(200);
        Accepted(await grain.RedeliverCallbackAsync(Alice, new RedeliverCallback()));
        var delivered = (await AfterAttemptsAsync(grain, 9)).Callback!;
        Assert.Equal((200, null, null, Now), (delivered.StatusCode, delivered.Error, delivered.NextAttemptAt, delivered.DeliveredAt));
        Assert.Single((await ReceivedAsync(receiver, 9)).Select(request => request.Id).Distinct());
    }

    /// <summary>The clock that these tests move is that of jobs and callbacks; by it a write would be out of time.</summary>
    [Fact]
    public async Task A_write_that_waits_while_the_clock_moves_is_stored()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var (first, second) = (await RunningAsync(receiver.Url()), await RunningAsync(receiver.Url()));
        var gate = Cluster.Store.Hold();
        var completed = new UpdateJob { Status = JobStatus.Completed };
        Task<JobOutcome>[] writes = [first.UpdateAsync(Alice, completed), second.UpdateAsync(Alice, completed)];
        await gate.Reached.Soon();
        await second.GetAsync(Alice);
        Clock.Advance(TimeSpan.FromHours(1));
        gate.Open();
        Assert.All(await Task.WhenAll(writes), outcome => Accepted(outcome));
    }

    [Fact]
    public async Task A_delivered_callback_is_sent_again_when_asked_for_and_one_that_was_never_due_is_not()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var grain = await CompletedAsync(receiver.Url());
        await AfterAttemptsAsync(grain, 1);
        var owing = Accepted(await grain.RedeliverCallbackAsync(Alice, new RedeliverCallback()));
        Assert.Equal((Now, null), (owing.Callback!.NextAttemptAt, owing.Callback.DeliveredAt));
        Assert.Equal(Now, (await AfterAttemptsAsync(grain, 2)).Callback!.DeliveredAt);

        var running = await RunningAsync(receiver.Url());
        Assert.Equal(JobStatus.Running, Refused<Refusal.NothingToRedeliver>(
            await running.RedeliverCallbackAsync(Alice, new RedeliverCallback())).Status);
        Accepted(await running.CancelAsync(Alice, new CancelJob()));
        Refused<Refusal.NothingToRedeliver>(await running.RedeliverCallbackAsync(Alice, new RedeliverCallback()));
        Assert.IsType<JobOutcome.NotFound>(await grain.RedeliverCallbackAsync(Mallory, new RedeliverCallback()));
        Assert.Null(await grain.GetCallbackAttemptsAsync(Mallory));
        Assert.Equal(2, receiver.Count);
    }

    [Fact]
    public async Task A_receiver_is_told_of_the_ends_that_were_asked_for_and_of_no_other()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var (told, untold) =
            (await RunningAsync(receiver.Url(), [JobStatus.Cancelled]), await RunningAsync(receiver.Url(), [JobStatus.Cancelled]));
        Assert.Null(Accepted(await untold.UpdateAsync(Alice, new UpdateJob { Status = JobStatus.Completed })).Callback!.NextAttemptAt);
        Accepted(await told.CancelAsync(Alice, new CancelJob()));

        var request = await receiver.NextAsync();
        Assert.Equal("cancelled", JsonDocument.Parse(request.Body).RootElement.GetProperty("status").GetString());
        await AfterAttemptsAsync(told, 1);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task An_address_that_is_not_allowed_is_refused_at_the_creation_as_a_literal_and_at_the_attempt_as_a_name()
    {
        Assert.Equal("callback_url", Refused<Refusal.InvalidField>(
            await NewJob().CreateAsync(Alice, new CreateJob { CallbackUrl = "http://10.1.2.3/" })).Field);
        Fixture.Resolved = IPAddress.Parse("10.1.2.3");
        var grain = await CompletedAsync("http://receiver.example/");
        Assert.Equal("address 10.1.2.3 of host receiver.example is not allowed", (await AfterAttemptsAsync(grain, 1)).Callback!.Error);
    }

    private static async Task<List<ReceivedRequest>> ReceivedAsync(TestReceiver receiver, int count)
    {
        List<ReceivedRequest> requests = [];
        while (requests.Count < count)
            requests.Add(await receiver.NextAsync());
        return requests;
    }

    private static TestAnswer AnswerOf(string name, TestReceiver receiver) => name switch
    {
        "hang" => TestAnswer.Hang,
        "reset" => TestAnswer.Reset,
        "endless" => TestAnswer.Endless,
        "301" => TestAnswer.Status(301, ("location", receiver.Url("/elsewhere"))),
        "429 in 7 s" => TestAnswer.Status(429, ("retry-after", "7")),
        _ => TestAnswer.Status(int.Parse(name)),
    };

    private static void AssertLike(string? expected, string? actual)
    {
        if (expected?.EndsWith('*') ?? false)
            Assert.StartsWith(expected[..^1], actual);
        else
            Assert.Equal(expected, actual);
    }
}

public sealed class SqliteCallbackDeliveryTests(SqliteCallbackCluster cluster) : CallbackDeliveryTests(cluster),
    IClassFixture<SqliteCallbackCluster>;

public sealed class PostgresCallbackDeliveryTests(PostgresCallbackCluster cluster) : CallbackDeliveryTests(cluster),
    IClassFixture<PostgresCallbackCluster>;
