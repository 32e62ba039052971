using System.Text;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>Values that have broken programs before. JSON texts, as they stand on the wire.</summary>
internal static class Hostile
{
    private static readonly string[] Types =
    [
        "null", "true", "false", "0", "-1", "-0", "1.5", "30.0", "0e0", "1e400", "-1e-400", "9223372036854775807", "9223372036854775808",
        "1e18",
        "\"\"", "\"text\"", "\"5\"", "[]", "{}", "[null]", "[[]]", "{\"\":null}", "\"2026-02-30T00:00:00Z\"", "\"0000-00-00T00:00:00Z\"",
        "\"9999-12-31T23:59:59.999999999Z\"",
        "\"job-\"", "\"job-00000000-0000-0000-0000-000000000000\"", "\"http://[::1\"", "\"https://user:pw@example.invalid:99999/\"",
        "\"file:///etc/passwd\"",
    ];

    private static readonly string[] Unicode =
    [
        "\"\U0001F4A9\U0001F468‍\U0001F469‍\U0001F467\"", "\"\u202Eabc\u2066\"", "\"é́́́\"", "\"\u2028\u2029\"", "\"\uFFFE\uFFFF\"",
        "\"\uFEFF\"",
        "\"İıſK\"", "\"１２３\"", "\"ｈｔｔｐ：／／ｘ\"", "\"\u007f\u0080\u009f\"", "\"\\u202e\\ufeff\\u200b\"", "\"\U0010FFFF\"",
        "{\"\U0001F4A9\":\"\u2028\"}",
    ];

    private static readonly string[] Nul =
        ["\"\\u0000\"", "\"a\\u0000b\"", "{\"a\\u0000\":1}", "{\"source_id\":\"\\u0000\"}", "\"\\u0001\\u001f\"", "[\"\\u0000\"]"];

    private static readonly string[] Surrogates =
    [
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"a\\udfff\"", "{\"\\ud800\":1}", "{\"a\":{\"\\udc00x\":[\"\\ud83d\"]}}",
        "\"\\uD83D\\uD83D\"", "[\"\\uDBFF\"]",
    ];

    private static readonly string[] Duplicates =
        ["{\"a\":1,\"a\":2}", "{\"source_id\":\"x\",\"source_id\":\"y\"}", "{\"completed\":1,\"completed\":2}", "{\"\":1,\"\":2}",
            "{\"a\":{\"b\":1,\"\\u0062\":2}}"];

    private static readonly int[] Lengths = [256, 513, 2_049, 9_000, 66_000, 300_000];
    private static readonly int[] Depths = [32, 33, 34, 64, 65, 256, 257, 1_025, 5_000];

    public static readonly string[] Words =
        ["", " ", "%00", "%", "%zz", "%ff", "%c0%80", "%ed%a0%80", "%F0%9F%92%A9", "+", "%2B1", "-1", "0", "1e3", "99999999999999999999",
            "NaN", "true", "TRUE", "null", "a,b", ",", "*",
         "..%2f..%2f", "%0d%0aX-Injected:%201", "'%20or%201=1--", "{{7*7}}", "${jndi}", "%E2%80%A8", "2026-01-01",
         "2026-01-01T00:00:00+00:00", "job-1"];

    public static string Value(FuzzClass kind, Random random) => kind switch
    {
        FuzzClass.Unicode => Pick(Unicode, random),
        FuzzClass.Nul => Pick(Nul, random),
        FuzzClass.Surrogates => Pick(Surrogates, random),
        FuzzClass.Duplicates => Pick(Duplicates, random),
        FuzzClass.Nested => Nest(Pick(Depths, random), random.Next(2) == 0),
        FuzzClass.Huge => Huge(random),
        _ => Pick(Types, random),
    };

    /// <summary>What is no UTF-8 or no JSON, made from a text that was both.</summary>
    public static byte[] Bytes(byte[] text, Random random)
    {
        byte[][] tails = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x00], [0xEF, 0xBB, 0xBF], "}"u8.ToArray(), ",{}"u8.ToArray(),
            "\n\n"u8.ToArray(), "//"u8.ToArray()];
        var tail = Pick(tails, random);
        var place = random.Next(text.Length + 1);
        return random.Next(4) switch
        {
            0 => [.. text[..place]],
            1 => [.. text, .. tail],
            2 => [.. tail, .. text],
            _ => [.. text[..place], .. tail, .. text[place..]],
        };
    }

    public static T Pick<T>(T[] from, Random random) => from[random.Next(from.Length)];

    private static string Huge(Random random)
    {
        var length = Pick(Lengths, random);
        return random.Next(6) switch
        {
            0 => new string('9', Math.Min(length, 9_000)),
            1 => "{\"" + new string('k', length) + "\":1}",
            2 => "[" + string.Join(',', Enumerable.Repeat("1", length / 2)) + "]",
            3 => "{" + string.Join(',', Enumerable.Range(0, length / 16).Select(number => $"\"k{number}\":{number}")) + "}",
            4 => "\"" + string.Concat(Enumerable.Repeat("\U0001F4A9", length / 4)) + "\"",
            _ => "\"" + new string('x', length) + "\"",
        };
    }

    private static string Nest(int depth, bool objects) => objects
        ? string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)
        : new StringBuilder().Append('[', depth).Append(']', depth).ToString();
}
