using JobTracker.Grains.Batches.Providers.Errors;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using static JobTracker.Grains.Batches.Providers.Errors.ProviderErrorClass;
using static JobTracker.Grains.Batches.Providers.Errors.ProviderOperation;

namespace JobTracker.Tests.Unit.Batches.Providers;

public sealed class ProviderErrorsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void The_class_of_every_status_is_one_table()
    {
        (int Status, ProviderErrorClass OfCreate, ProviderErrorClass OfRead, ProviderErrorClass OfCancel, bool MayHaveActed)[] table =
        [
            (301, NeedsAttention, NeedsAttention, NeedsAttention, true),
            (400, Refused,        NeedsAttention, Refused,        false),
            (401, NeedsAttention, NeedsAttention, NeedsAttention, false),
            (403, NeedsAttention, NeedsAttention, NeedsAttention, false),
            (404, NeedsAttention, NotFound,       NotFound,       false),
            (405, NeedsAttention, NeedsAttention, NeedsAttention, false),
            (408, Transient,      Transient,      Transient,      true),
            (409, Transient,      NeedsAttention, Refused,        false),
            (413, Refused,        NeedsAttention, NeedsAttention, false),
            (422, Refused,        NeedsAttention, Refused,        false),
            (425, Transient,      Transient,      Transient,      false),
            (429, RateLimited,    RateLimited,    RateLimited,    false),
            (500, Transient,      Transient,      Transient,      true),
            (502, Transient,      Transient,      Transient,      true),
            (503, Transient,      Transient,      Transient,      true),
            (529, Transient,      Transient,      Transient,      false),
        ];

        Assert.Equal(table, table.Select(row => (row.Status,
            ProviderErrors.Classify(Create, row.Status), ProviderErrors.Classify(
                Read, row.Status), ProviderErrors.Classify(Cancel, row.Status),
            ProviderErrors.MayHaveActed(row.Status))));
    }

    [Theory]
    [InlineData("7", null, 7)]
    [InlineData("0", null, 0)]
    [InlineData("86400", null, 3600)]
    [InlineData("Fri, 02 Jan 2026 03:05:05 GMT", null, 60)]
    [InlineData("Fri, 02 Jan 2026 03:05:05 GMT", "Fri, 02 Jan 2026 03:05:00 GMT", 5)]
    [InlineData("Fri, 02 Jan 2026 03:00:00 GMT", null, 0)]
    [InlineData("2147483647", null, 3600)]
    [InlineData("2147483648", null, 3600)]
    [InlineData("99999999999999999999", null, 3600)]
    [InlineData("soon", null, null)]
    [InlineData("-5", null, null)]
    [InlineData(null, null, null)]
    public void Retry_After_is_seconds_or_a_date_and_at_most_an_hour(string? header, string? serverDate, int? seconds)
    {
        using var answer = new HttpResponseMessage();
        foreach (var (name, value) in new[] { ("Retry-After", header), ("Date", serverDate) })
            answer.Headers.TryAddWithoutValidation(name, value is null ? [] : [value]);

        Assert.Equal(seconds, (int?)ProviderErrors.Delay(answer.Headers, Now)?.TotalSeconds);
    }

    [Fact]
    public void A_call_our_own_limits_held_back_is_no_failure()
    {
        var limited = ProviderErrors.FromException(new RateLimiterRejectedException(TimeSpan.FromSeconds(2)), sent: true);
        var broken = ProviderErrors.FromException(new BrokenCircuitException("open", TimeSpan.FromSeconds(30)), sent: true);

        Assert.Equal((NotAttempted, false, TimeSpan.FromSeconds(2)), (limited.Class, limited.MayHaveActed, limited.RetryAfter));
        Assert.Equal((NotAttempted, false, TimeSpan.FromSeconds(30)), (broken.Class, broken.MayHaveActed, broken.RetryAfter));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.SecureConnectionError, false)]
    [InlineData(HttpRequestError.ProxyTunnelError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    public void A_connection_that_never_stood_cannot_have_made_a_batch(HttpRequestError kind, bool mayHaveActed)
    {
        var error = ProviderErrors.FromException(new HttpRequestException(kind, "no"), sent: true);

        Assert.Equal((Transient, mayHaveActed), (error.Class, error.MayHaveActed));
    }

    [Fact]
    public void A_body_that_was_not_sent_whole_cannot_have_made_a_batch()
    {
        Assert.False(ProviderErrors.FromException(new IOException("reset"), sent: false).MayHaveActed);
        Assert.True(ProviderErrors.FromException(new IOException("reset"), sent: true).MayHaveActed);
        Assert.True(ProviderErrors.FromException(new OperationCanceledException(), sent: true, "No progress for 3 s.").MayHaveActed);
    }
}
