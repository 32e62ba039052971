namespace JobTracker.Tests.StandIn.Wire;

/// <summary>
/// The second port. Only <c>results_url</c> names it, so only a client that dials what it finds in an answer comes there.
/// </summary>
internal sealed class Elsewhere
{
    public int Port { get; set; }

    public string Url => $"http://127.0.0.1:{Port}";
}
