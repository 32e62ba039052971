using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class IdempotencyKeyTests
{
    [Fact]
    public void A_key_of_255_characters_is_taken() => Assert.Equal(new string('k', 255), Read(new string('k', 255)).Key);

    [Fact]
    public void No_header_is_no_key() => Assert.Equal((null, false), Read(null));

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("é")]
    public void A_key_that_cannot_be_kept_is_refused(string key) => Assert.Equal((null, true), Read(key));

    [Fact]
    public void A_key_of_256_characters_is_refused() => Assert.Equal((null, true), Read(new string('k', 256)));

    [Fact]
    public void Each_entry_of_a_bulk_request_has_a_key_of_its_own()
    {
        string[] keys = [IdempotencyKey.ForEntry("a", 0), IdempotencyKey.ForEntry("a", 1), IdempotencyKey.ForEntry("b", 0)];

        Assert.Equal(keys, keys.Distinct());
        Assert.All(keys, key => Assert.InRange(key.Length, 1, 255));
    }

    private static (string? Key, bool IsRefused) Read(string? header)
    {
        var http = new DefaultHttpContext();
        if (header is not null)
            http.Request.Headers["Idempotency-Key"] = header;
        var errors = new RequestErrors();
        return (IdempotencyKey.Read(http.Request, Requests.Limits, errors), errors.Problem is not null);
    }
}
