using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace JobTracker.Tests.Support;

internal static class LoopbackPort
{
    private static readonly ConcurrentDictionary<int, bool> Given = [];

    /// <summary>
    /// A port that nobody listens on now, and that was not given before; below the ephemeral range, so that no outgoing connection takes it
    /// before, or between, its uses.
    /// </summary>
    public static int Free()
    {
        for (; ; )
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                if (Given.TryAdd(port, value: true))
                    return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
