using System.IO.Compression;
using System.Text.Json;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Which answers are compressed when a client asks.</summary>
public sealed class CompressionTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly ApiClient _api = host.NewCaller();

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_list_is_compressed_for_a_client_that_asks(string coding)
    {
        await _api.CreateAsync($$"""{"metadata":{"text":"{{new string('x', 4_000)}}"} }""");
        using var response = await _api.OpenAsync("/v1/jobs", ("Accept-Encoding", coding));

        Assert.Equal([coding], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream plain = coding == "br"
            ? new BrotliStream(body, CompressionMode.Decompress)
            : new GZipStream(body, CompressionMode.Decompress);
        using var jobs = await JsonDocument.ParseAsync(plain).Soon();
        Assert.Equal(4_000, jobs.RootElement[0].GetProperty("metadata").GetProperty("text").GetString()!.Length);
    }

    /// <summary>
    /// A strong entity tag names octets (RFC 9110, 8.8.3.3); a secret's size would tell of it; a stream would wait for a block to fill.
    /// </summary>
    [Theory]
    [InlineData("/v1/jobs/{id}")]
    [InlineData("/v1/callback-secret")]
    [InlineData("/v1/jobs/{id}/events")]
    public async Task What_is_tagged_secret_or_a_stream_is_not(string path)
    {
        var id = await _api.CreateAsync($$"""{"metadata":{"text":"{{new string('x', 4_000)}}"} }""");
        using var response = await _api.OpenAsync(path.Replace("{id}", id, StringComparison.Ordinal), ("Accept-Encoding", "gzip, br"));

        Assert.True(response.IsSuccessStatusCode);
        Assert.DoesNotContain(response.Content.Headers.ContentEncoding, coding => coding is "gzip" or "br");
    }

    [Fact]
    public async Task Nobody_who_does_not_ask_gets_it()
    {
        using var response = await _api.OpenAsync("/v1/jobs");

        Assert.Empty(response.Content.Headers.ContentEncoding);
    }
}
