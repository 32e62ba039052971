using System.IO.Compression;
using System.Text;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>What came back: headers as sent, the body whole; null where it is a stream of events.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    private const string Coding = "Content-Encoding";

    public string Text => Encoding.UTF8.GetString(Body ?? []);

    /// <summary>The same, as if it had not been compressed: what is judged is what was said.</summary>
    public RawAnswer Unpacked()
    {
        if (Body is not { Length: > 0 } body || Header(Coding) is not { } coding)
            return this;
        using var packed = new MemoryStream(body);
        using Stream unpacking = coding == "br"
            ? new BrotliStream(packed, CompressionMode.Decompress)
            : new GZipStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        unpacking.CopyTo(plain);
        return this with { Headers = [.. Headers.Where(header => !Is(header.Name, Coding))], Body = plain.ToArray() };
    }

    public string? Header(string name) => Headers.Where(header => Is(header.Name, name)).Select(header => header.Value).FirstOrDefault();

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
