namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>Headers that have confused servers before.</summary>
internal static class HostileHeaders
{
    private static readonly string[] Values =
    [
        "", " ", "\"\"", "\"", "*", "W/\"1\"", "\"1\", \"2\"", "\"01\"", "\"9223372036854775808\"", "-1", "\xff\xfe", "\t", "a\x80b",
        "99999999999999999999", "\"\x7f\"", "0x1",
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Type", "application/json"), ("Content-Type", "application/json; charset=\"UTF-8\""),
        ("Content-Type", "application/json; charset=utf-16"), ("Content-Type", "text/plain"),
        ("Content-Type", ""), ("Content-Type", "application/"), ("Content-Type", "application/jsonl; charset=latin1"),
        ("Content-Encoding", "gzip"), ("Content-Encoding", "br"),
        ("Content-Encoding", "snappy"), ("Content-Encoding", "gzip, gzip, gzip"), ("Accept", "text/html"),
        ("Accept", "application/json;q=0"), ("Accept", ";;;"), ("Accept-Encoding", "gzip, br, *;q=0"),
        ("Accept-Language", "\xff"), ("Host", "rebind.invalid"), ("Host", ""), ("Origin", "https://evil.invalid"), ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"), ("Expect", "100-continue"),
        ("Expect", "something"), ("Range", "bytes=0-1"), ("X-HTTP-Method-Override", "DELETE"), ("X-Original-URL", "/v1/jobs"),
        ("X-Forwarded-For", "\xff"), ("Forwarded", "for=\"["),
        ("X-Request-Id", "a\x80"), ("traceparent", "00-zz-zz-zz"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), ("baggage", "\x80=\x80"),
        ("Authorization", "Bearer \xff"), ("Authorization", "Basic"), ("Cookie", "\x80\x80=;;"), ("Connection", "Upgrade"),
        ("Upgrade", "websocket"), ("Upgrade", "h2c"), ("TE", "trailers"),
        ("If-None-Match", "*"), ("If-Modified-Since", "never"), ("Transfer-Encoding", "gzip"), ("Content-Length", "abc"),
        ("Content-Length", "-1"), ("Content-Length", "99999999999999999999"),
        ("Idempotency-Key", "\xe9"), ("X-Long", new string('x', 20_000)), ("X-Longest", new string('x', 40_000)), ("Bad Name", "x"),
        ("", "x"), ("X-\x80", "x"),
    ];

    public static string Value(Random random) =>
        random.Next(4) == 0 ? new string('k', random.Next(200, 400)) : Hostile.Pick(Values, random);

    public static void Add(FuzzRequest request, Random random)
    {
        var header = Hostile.Pick(Headers, random);
        if (random.Next(2) == 0)
            request.Headers.RemoveAll(other => other.Name == header.Name);
        request.Headers.Add(header);
        if (random.Next(10) == 0)
            request.Headers.AddRange(Enumerable.Range(0, 120).Select(number => ($"X-Many-{number}", "v")));
    }
}
