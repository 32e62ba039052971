using System.Text;
using CallbackReceiver;

namespace JobTracker.Tests.Support;

/// <summary>What reached a <see cref="TestReceiver"/>.</summary>
/// <param name="Connection">Tells connections apart.</param>
/// <param name="Timestamp">Of the system's <see cref="TimeProvider"/>, when the whole body was there.</param>
public sealed record ReceivedRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, string Connection, long Timestamp)
{
    /// <summary>The octets of the request line, which Path has in a form of its own.</summary>
    public string Target { get; init; } = Path;

    public string Id => Headers["webhook-id"];

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Whether the signature is good, by the example that receivers are given.</summary>
    public bool IsSignedWith(string secret, DateTimeOffset now) =>
        CallbackVerifier.Verify(secret, Id, Headers["webhook-timestamp"], Headers["webhook-signature"], Body, now);
}
