using System.IO.Compression;
using System.Text;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>How a body may come: its type, its coding, its length, on each kind of endpoint that takes one.</summary>
public sealed class BodyTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const int MiB = 1 << 20;
    private const string Rotate = "/v1/callback-secret/rotate";
    private const string Unknown = "job-01890a5d-ac96-774b-bcce-b302099a8057";
    private readonly ApiClient _api = host.NewCaller();

    /// <summary>Method, path, a body, the bytes that are taken, and what the body gets when it is read.</summary>
    public static TheoryData<string, string, string, int, int> Kinds { get; } = new()
    {
        { "POST", "/v1/jobs", "{}", MiB, 201 },
        { "POST", "/v1/jobs/bulk", """{"jobs":[]}""", 16 * MiB, 200 },
        { "PATCH", $"/v1/jobs/{Unknown}", "{}", MiB, 404 },
        { "POST", $"/v1/jobs/{Unknown}/cancel", "{}", MiB, 404 },
        { "POST", $"/v1/jobs/{Unknown}/heartbeat", "{}", MiB, 404 },
        { "POST", "/v1/batches/adopt", """{"provider":"nobody","provider_batch_id":"b"}""", MiB, 422 },
        { "POST", "/v1/batches", """{"provider":"nobody","items":[{"custom_id":"a","params":{}}]}""", 16 * MiB, 422 },
        { "POST", Rotate, "{}", MiB, 200 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_body_is_as_long_as_what_it_says_however_it_is_framed(string method, string path, string body, int limit, int status)
    {
        foreach (var isChunked in new[] { false, true })
        {
            Assert.Equal(status, await Status(EveryEndpoint.Content(body.PadRight(limit), "application/json", isChunked)));
            Assert.Equal(413, await Status(EveryEndpoint.Content(body.PadRight(limit + 1), "application/json", isChunked)));
        }

        Task<int> Status(HttpContent content) => _api.StatusOfAsync(new HttpMethod(method), path, content, expectContinue: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_packed_body_is_as_long_as_what_comes_out(string method, string path, string body, int limit, int status)
    {
        foreach (var coding in new[] { "gzip", "br", "x-gzip" })
        {
            Assert.Equal(status, await Status(Packed(body.PadRight(limit), coding), coding));
            Assert.Equal(413, await Status(Packed(body.PadRight(limit + 1), coding), coding));
        }
        Assert.Equal(413, await Status(Packed(body.PadRight(64 * MiB), "gzip"), "gzip"));

        Task<int> Status(byte[] bytes, string coding) =>
            _api.StatusOfAsync(new HttpMethod(method), path, EveryEndpoint.Content("", "application/json", encoding: coding, bytes: bytes));
    }

    [Theory]
    [InlineData("deflate", 415)]
    [InlineData("zstd", 415)]
    [InlineData("rot13", 415)]
    [InlineData("gzip, br", 415)]
    [InlineData("identity", 201)]
    [InlineData("GZIP", 400)]
    [InlineData("gzip", 400)]
    [InlineData("br", 400)]
    public async Task A_coding_that_is_not_known_or_not_there_is_told(string coding, int status)
    {
        using var content = EveryEndpoint.Content("{}", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);

        Assert.Equal(status, await _api.StatusOfAsync(HttpMethod.Post, "/v1/jobs", content));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_packed_body_that_breaks_off_is_refused(string coding)
    {
        var whole = Packed("""{"metadata":{"a":"it goes on","b":"and on","c":[1,2,3,"and on"]}}""", coding);

        Assert.Equal(201, await Status(whole));
        Assert.Equal(400, await Status(whole[..(whole.Length / 2)]));

        Task<int> Status(byte[] bytes) =>
            _api.StatusOfAsync(HttpMethod.Post, "/v1/jobs", EveryEndpoint.Content("", "application/json", encoding: coding, bytes: bytes));
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"", 201)]
    [InlineData("application/json;charset=UTF-8", 201)]
    [InlineData("application/json; charset=\"UTF\\-8\"", 201)]
    [InlineData("application/json; charset=utf8", 201)]
    [InlineData("APPLICATION/JSON", 201)]
    [InlineData("application/problem+json; charset=\"utf-8\"", 201)]
    [InlineData("application/json; charset=\"iso-8859-1\"", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=\"\"", 415)]
    [InlineData("text/json+x", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("", 415)]
    public async Task A_charset_is_UTF8_in_any_spelling(string type, int status) =>
        Assert.Equal(status, await _api.StatusOfAsync(HttpMethod.Post, "/v1/jobs", EveryEndpoint.Content("{}", type)));

    [Theory]
    [InlineData("text/plain", "{}", false, 415)]
    [InlineData("text/plain", "{}", true, 415)]
    [InlineData("application/x-www-form-urlencoded", "a=1", false, 415)]
    [InlineData("", "{}", false, 415)]
    [InlineData("text/plain", "", true, 200)]
    [InlineData("text/plain", "", false, 200)]
    [InlineData("application/json", "{}", false, 200)]
    [InlineData("application/json", "", true, 200)]
    [InlineData("application/json", "{", true, 400)]
    [InlineData("application/json", "[]", true, 422)]
    [InlineData("application/json", """{"force":true}""", false, 422)]
    public async Task What_takes_no_body_takes_an_empty_one_of_JSON(string type, string body, bool isChunked, int status) =>
        Assert.Equal(status, await _api.StatusOfAsync(HttpMethod.Post, Rotate, EveryEndpoint.Content(body, type, isChunked)));

    [Fact]
    public async Task Every_endpoint_refuses_a_body_that_is_no_JSON() => Assert.All(
        await EveryEndpoint.AnswersAsync(
            host, "", request => request.Content = EveryEndpoint.Content("a", "text/plain"), (method, _) => method != HttpMethod.Head),
        answer => Assert.StartsWith("415 ", answer));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Text_that_is_no_Unicode_is_malformed_in_names_and_in_values(
        string method, string path, string body, int limit, int status)
    {
        Assert.Equal(status, await StatusOfBytes(new HttpMethod(method), path, body, "application/json"));
        var inside = body[..^1] + (body.Length > 2 ? "," : "");
        foreach (var text in new[] { "\\ud800", "\\udc00\\ud800", "\\ud800\\u0041", "\u00ff", "\u00c3\u0028", "\u00ed\u00a0\u0080" })
        {
            foreach (var member in new[] { "\"@\":1}", "\"x\":\"@\"}", "\"x\":[{\"y@\":{}}]}" })
            {
                var sent = inside + member.Replace("@", text, StringComparison.Ordinal);
                Assert.InRange(sent.Length, 1, limit);
                Assert.Equal($"400 {sent}", $"{await StatusOfBytes(new HttpMethod(method), path, sent, "application/json")} {sent}");
            }
        }
    }

    [Theory]
    [InlineData("/v1/jobs/bulk", "application/json", """{"jobs":[{"@":1}]}""")]
    [InlineData("/v1/jobs/bulk", "application/json", """{"jobs":[{"metadata":{"a":"@"}}]}""")]
    [InlineData("/v1/jobs/bulk", "application/json", """{"@":[]}""")]
    [InlineData("/v1/batches", "application/jsonl", """{"@":1}""")]
    [InlineData("/v1/batches", "application/jsonl", """{"provider":"@"}""")]
    [InlineData("/v1/batches", "application/jsonl", """{"provider":"p","metadata":{"@":1}}""")]
    [InlineData("/v1/batches", "application/jsonl", "{\"provider\":\"p\",\"items@\":1}")]
    public async Task Text_that_is_no_Unicode_is_malformed_in_entries_and_in_lines(string path, string type, string body)
    {
        foreach (var text in new[] { "\\ud800", "\u00ff" })
            Assert.Equal(400, await StatusOfBytes(HttpMethod.Post, path, body.Replace("@", text, StringComparison.Ordinal), type));
    }

    /// <summary>The characters are the bytes.</summary>
    private Task<int> StatusOfBytes(HttpMethod method, string path, string latin1, string type) =>
        _api.StatusOfAsync(method, path, EveryEndpoint.Content("", type, bytes: Encoding.Latin1.GetBytes(latin1)));

    private static byte[] Packed(string text, string coding)
    {
        using var packed = new MemoryStream();
        const CompressionLevel Fast = CompressionLevel.Fastest;
        using (Stream packer = coding == "br" ? new BrotliStream(packed, Fast) : new GZipStream(packed, Fast))
            packer.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
