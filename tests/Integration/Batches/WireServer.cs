using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>
/// A server on bare sockets, so that an answer can be wrong in any way; one request for each connection. It notes all requests.
/// </summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<WireCall, Task> _answer;
    private readonly Task _accepting;

    public WireServer(Func<WireCall, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>In the order in which their heads were read.</summary>
    public ConcurrentQueue<WireCall> Calls { get; } = [];

    public IEnumerable<string> Lines => Calls.Select(call => call.Line);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
                open.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception stopped) when (_stop.IsCancellationRequested
            && stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                using var call = new WireCall(socket, _stop.Token);
                await call.ReadHeadAsync();
                Calls.Enqueue(call);
                await _answer(call);
                if (!call.WasReset)
                    socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return; // the client went away, or the test is over
            }
        }
    }
}
