using System.Globalization;
using System.Text;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>What a request tries.</summary>
internal enum FuzzClass
{
    Valid, Types, Huge, Nested, Unicode, Nul, Surrogates, Duplicates, Bytes, Header, Query, Path, Method, Framing, Credential,
}

/// <summary>One request as bytes: text outside of its body is Latin-1, so that any byte can stand anywhere.</summary>
internal sealed record FuzzRequest(FuzzClass Class, string Method, string Target)
{
    private const int Shown = 600;

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    /// <summary>What stands on the wire instead of all that, where the framing itself is what is tried.</summary>
    public byte[]? Raw { get; set; }

    public bool IsChunked { get; set; }

    /// <summary>Whether what it says of its sender is good: if not, it must be let in nowhere.</summary>
    public bool IsSignedIn { get; set; } = true;

    /// <summary>Sends it as the holder of a key, whatever else is wrong with it.</summary>
    public void SignIn(string key)
    {
        if (Raw is null)
            Headers.Add(("Authorization", $"Bearer {key}"));
        else
            Raw = Latin1(Encoding.Latin1.GetString(Raw)
                .Replace("Host: localhost\r\n", $"Host: localhost\r\nAuthorization: Bearer {key}\r\n", StringComparison.Ordinal));
    }

    public byte[] ToBytes()
    {
        if (Raw is not null)
            return Raw;
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Method} {Target} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, value) in Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (IsChunked)
            return [.. Latin1(head.Append("Transfer-Encoding: chunked\r\n\r\n")), .. Latin1(Body.Length == 0 ? "" : $"{Body.Length:x}\r\n"),
                .. Body, .. Latin1(Body.Length == 0 ? "0\r\n\r\n" : "\r\n0\r\n\r\n")];
        if (Body.Length > 0 || Method is "POST" or "PATCH")
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        return [.. Latin1(head.Append("\r\n")), .. Body];
    }

    /// <summary>For the message of a failure: what cannot be printed is escaped, what is long is cut.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var octet in ToBytes().Take(Shown))
            text.Append(octet is >= 32 and < 127 or 10 ? ((char)octet).ToString() : $"\\x{octet:x2}");
        return text.ToString().Replace("\\x0d\n", "\n", StringComparison.Ordinal);
    }

    private static byte[] Latin1(object text) => Encoding.Latin1.GetBytes(text.ToString()!);
}
