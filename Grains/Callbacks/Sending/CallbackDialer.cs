using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>The addresses of a host name. The edge to DNS, so that a test can answer for it.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellation);

/// <summary>No connection was tried: the host has no address, or none that is allowed. The message is fit for the job's owner.</summary>
internal sealed class CallbackNotDialledException(string message) : IOException(message);

/// <summary>Opens the connections of callbacks. The address that is dialled is the one that is checked, so a name that
/// resolves differently the next time (DNS rebinding) gains nothing.</summary>
internal sealed class CallbackDialer(CallbackAddressRules rules, ResolveHost resolve, IOptions<CallbackOptions> options, TimeProvider clock)
{
    private const int MostAddresses = 4;

    public async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await AddressesAsync(host, cancellation);
        // Each address gets its share of the attempt's time, or a dead first one would leave none for the next.
        var share = options.Value.Timeout / addresses.Count;
        for (var i = 0; ; i++)
        {
            var isLast = i == addresses.Count - 1;
            using var limit = new CancellationTokenSource(isLast ? Timeout.InfiniteTimeSpan : share, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[i], port), either.Token);
            }
            catch (Exception e) when (!isLast && !cancellation.IsCancellationRequested
                && e is SocketException or OperationCanceledException)
            {
                // The next address is tried; what the last one says is reported.
            }
        }
    }

    private async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellation)
    {
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellation);
        if (found is [])
            throw new CallbackNotDialledException($"host {host} was not found");
        IPAddress[] allowed = [.. found.Where(address => rules.Refuse(address) is null).Select(Unmapped).Take(MostAddresses)];
        return allowed is [] ? throw new CallbackNotDialledException($"address {found[0]} of host {host} is not allowed") : allowed;
    }

    /// <summary>An IPv4 socket for an IPv4 address, in whichever form it came.</summary>
    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellation)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
