using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class SpelledFingerprintTests
{
    private static readonly CreateJob Request = new() { JobType = "import", Metadata = """{"a":1}""", CallbackEvents = [JobStatus.Failed] };

    /// <summary>Stored with keys: computed differently, it refuses what was asked for before.</summary>
    [Fact]
    public void The_fingerprint_of_a_request_never_changes() =>
        Assert.Equal("7027f052fc53a25dd69e11c204338c99686278597598fc8dfddbcfe9079c8649", SpelledFingerprint.Of(Request));

    [Fact]
    public void The_key_is_no_part_of_what_is_asked_for() =>
        Assert.Equal(SpelledFingerprint.Of(Request), SpelledFingerprint.Of(Request with { IdempotencyKey = "k", Fingerprint = "f" }));

    public static TheoryData<CreateJob> Others => new()
    {
        Request with { JobType = "export" },
        Request with { Status = JobStatus.Running },
        Request with { Metadata = null },
        Request with { RequestConfig = "{}" },
        Request with { Background = true },
        Request with { ParentId = new JobId(Guid.Parse("01890000-0000-7000-8000-000000000000")) },
        Request with { ExpiresAt = DateTimeOffset.UnixEpoch },
        Request with { Timeout = TimeSpan.FromSeconds(1) },
        Request with { HeartbeatTimeout = TimeSpan.FromSeconds(1) },
        Request with { CallbackUrl = "https://example.com/" },
        Request with { CallbackEvents = [JobStatus.Completed] },
    };

    [Theory, MemberData(nameof(Others))]
    public void Another_request_has_another_fingerprint(CreateJob other) =>
        Assert.NotEqual(SpelledFingerprint.Of(Request), SpelledFingerprint.Of(other));
}
