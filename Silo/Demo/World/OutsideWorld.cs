using System.Net;
using System.Net.Sockets;

namespace JobTracker.Silo.Demo.World;

/// <summary>
/// What the demonstration's service talks to, on this machine alone: receivers of callbacks, and a provider of batches. They are there
/// before the service and after it.
/// </summary>
internal sealed class OutsideWorld : IAsyncDisposable
{
    /// <summary>The same at each start, where it is free, so that what is owed to a receiver finds it again.</summary>
    private const int UsualPort = 8089;

    private readonly WebApplication _app;
    private readonly int _port;

    private OutsideWorld(WebApplication app, int port) => (_app, _port) = (app, port);

    public string ProviderUrl => $"http://127.0.0.1:{_port}";

    /// <summary>The names differ, because receivers are told apart by them.</summary>
    public string TakingUrl => $"http://localhost:{_port}{Receivers.Taking}";

    public string FailingUrl => $"http://127.0.0.1:{_port}{Receivers.Failing}";

    public string SlowUrl => $"http://{(HasSecondAddress ? SecondAddress : IPAddress.Loopback)}:{_port}{Receivers.Slow}";

    private static IPAddress SecondAddress { get; } = IPAddress.Parse("127.0.0.2");

    /// <summary>Elsewhere the whole of 127.0.0.0/8 is the machine itself.</summary>
    private static bool HasSecondAddress => !OperatingSystem.IsMacOS();

    public static async Task<OutsideWorld> StartAsync(TimeProvider clock)
    {
        try
        {
            return await StartAsync(UsualPort, clock);
        }
        catch (IOException)
        {
            // Another program has it.
            return await StartAsync(FreePort(), clock);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A receiver that is slow is not waited for.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static async Task<OutsideWorld> StartAsync(int port, TimeProvider clock)
    {
        // No configuration and no log: it is no part of the service.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            if (HasSecondAddress)
                kestrel.Listen(SecondAddress, port);
        });
        var app = builder.Build();
        app.UseRouting();
        Receivers.Map(app, clock);
        new ProviderStandIn(clock).Map(app);
        try
        {
            await app.StartAsync();
            return new OutsideWorld(app, port);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
