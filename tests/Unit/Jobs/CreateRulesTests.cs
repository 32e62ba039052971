using System.Collections.Immutable;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>Every limit of a create, at it and one past it.</summary>
public sealed class CreateRulesTests
{
    private const string Url = "https://example.com/";

    [Fact]
    public void The_defaults_make_a_created_job_and_nothing_else()
    {
        var job = JobSamples.Stored(JobSamples.Create(new CreateJob())).Snapshot;
        Assert.Equal(("job", JobStatus.Created, 1L, "{}"), (job.JobType, job.Status, job.Version, job.Metadata));
        Assert.Equal(("org-a", "alice", "alice", "alice"), (job.OrganizationId, job.UserId, job.CreatedById, job.LastUpdatedById));
        Assert.Equal((JobSamples.Start, JobSamples.Start), (job.CreatedAt, job.UpdatedAt));
        Assert.Equal([new JobTransition(JobStatus.Created, JobSamples.Start, "alice", null)], job.History);
        Assert.Equal((null, null, null, null), (job.Callback, job.StartedAt, job.CompletedAt, job.RequestConfig));
    }

    [Fact]
    public void Created_at_is_the_time_of_the_id_and_later_statuses_are_of_the_write()
    {
        var job = JobSamples.Stored(JobSamples.Create(new CreateJob { Status = JobStatus.Running }, afterSeconds: 2)).Snapshot;
        var written = JobSamples.Start.AddSeconds(2);
        Assert.Equal((JobSamples.Start, written, written, 1L), (job.CreatedAt, job.UpdatedAt, job.StartedAt, job.Version));
        Assert.Equal([JobSamples.Start, written, written], job.History.Select(entry => entry.At));
    }

    [Fact]
    public void An_id_from_ahead_of_the_clock_keeps_time_from_going_back()
    {
        var job = JobSamples.Stored(JobSamples.Create(new CreateJob { Status = JobStatus.Running }, afterSeconds: -2)).Snapshot;
        Assert.Equal((JobSamples.Start, JobSamples.Start, JobSamples.Start), (job.CreatedAt, job.UpdatedAt, job.StartedAt));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(300.001, false)]
    [InlineData(-300, true)]
    [InlineData(-300.001, false)]
    public void An_id_may_be_five_minutes_off(double seconds, bool fine) => Check("id", fine, JobSamples.Create(new CreateJob(), seconds));

    [Theory]
    [InlineData("a", true)]
    [InlineData("run", true)]
    [InlineData("a0_.-z", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("0a", false)]
    [InlineData("_a", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    [InlineData(null, false)]
    public void A_job_type_is_a_word(string? type, bool fine) => Check("job_type", fine, new CreateJob { JobType = type! });

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_job_type_has_64_characters(int length, bool fine) =>
        Check("job_type", fine, new CreateJob { JobType = new string('a', length) });

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public void Metadata_and_request_config_have_64_KiB(int bytes, bool fine)
    {
        var json = $"{{\"a\":\"{new string('x', bytes - 8)}\"}}";
        Check("metadata", fine, new CreateJob { Metadata = json });
        Check("request_config", fine, new CreateJob { RequestConfig = json });
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Metadata_and_request_config_have_32_levels(int levels, bool fine)
    {
        var json = string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);
        Check("metadata", fine, new CreateJob { Metadata = json });
        Check("request_config", fine, new CreateJob { RequestConfig = json });
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void An_expiry_lies_in_the_future(long microseconds, bool fine) =>
        Check("expires_at", fine, new CreateJob { ExpiresAt = JobSamples.Start.AddMicroseconds(microseconds) });

    [Theory]
    [InlineData(1, true)]
    [InlineData(2_592_000, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(2_592_001, false)]
    [InlineData(1.5, false)]
    public void A_timeout_is_1_second_to_30_days_whole(double seconds, bool fine)
    {
        Check("timeout_seconds", fine, new CreateJob { Timeout = TimeSpan.FromSeconds(seconds) });
        Check("heartbeat_timeout_seconds", fine, new CreateJob { HeartbeatTimeout = TimeSpan.FromSeconds(seconds) });
    }

    [Theory]
    [InlineData("http://example.com", true)]
    [InlineData("HTTPS://example.com:8443/a?b=c", true)]
    [InlineData("http://[2606:4700::1]/", true)]
    [InlineData("http://[::1]/", false)]
    [InlineData("http://127.0.0.1/", false)]
    [InlineData("http://2130706433/", false)]
    [InlineData("http://localhost/", false)]
    [InlineData("https://169.254.169.254/latest", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("/relative", false)]
    [InlineData("example.com", false)]
    [InlineData("http://", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://user:word@example.com/", false)]
    [InlineData("https://user@example.com/", false)]
    [InlineData("", false)]
    public void A_callback_goes_to_an_absolute_http_URL_without_credentials_and_to_no_refused_address(string url, bool fine) =>
        Check("callback_url", fine, new CreateJob { CallbackUrl = url });

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void A_callback_URL_has_2048_characters(int length, bool fine) =>
        Check("callback_url", fine, new CreateJob { CallbackUrl = Url + new string('x', length - Url.Length) });

    public static TheoryData<JobStatus[], bool> Events => new()
    {
        { [JobStatus.Completed], true },
        { [JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled, JobStatus.Expired], true },
        { [], false },
        { [JobStatus.Running], false },
        { [JobStatus.Completed, JobStatus.Created], false },
        { [JobStatus.Completed, JobStatus.Completed], false },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Callback_events_are_ends_each_once(JobStatus[] events, bool fine) =>
        Check("callback_events", fine, new CreateJob { CallbackUrl = Url, CallbackEvents = [.. events] });

    [Fact]
    public void Callback_events_need_a_URL_and_default_to_completed_and_failed()
    {
        Check("callback_events", fine: false, new CreateJob { CallbackEvents = [JobStatus.Completed] });
        Check("callback_events", fine: false, new CreateJob { CallbackUrl = Url, CallbackEvents = default(ImmutableArray<JobStatus>) });
        var job = JobSamples.Stored(JobSamples.Create(new CreateJob { CallbackUrl = Url }));
        Assert.Equal([JobStatus.Completed, JobStatus.Failed], job.Snapshot.Callback!.Events);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(0, false)]
    public void An_idempotency_key_has_1_to_255_characters(int length, bool fine) =>
        Check("idempotency_key", fine, Keyed(new string('k', length), "f"));

    [Theory]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    [InlineData(0, false)]
    [InlineData(null, false)]
    public void A_key_needs_a_fingerprint_of_at_most_128_characters(int? length, bool fine) =>
        Check("idempotency_key", fine, Keyed("k", length is { } count ? new string('f', count) : null));

    [Fact]
    public void A_key_is_text_that_can_be_stored() =>
        Assert.All(["a\0b", "\ud83d", "\ude80x", "x\ud83dy"], key => Check("idempotency_key", fine: false, Keyed(key, "f")));

    private static CreateJob Keyed(string key, string? fingerprint) => new() { IdempotencyKey = key, Fingerprint = fingerprint };

    private static void Check(string field, bool fine, CreateJob command) => Check(field, fine, JobSamples.Create(command));

    private static void Check(string field, bool fine, Decision decision)
    {
        if (fine)
            JobSamples.Stored(decision);
        else
            Assert.Equal(field, JobSamples.Refused<Refusal.InvalidField>(decision).Field);
    }
}
