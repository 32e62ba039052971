using System.Net;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>A silo in this process, on loopback ports of its own, with what a test gives it.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    public const string ClusterId = "test-cluster";
    public const string ServiceId = "test-service";

    private readonly IHost _host;

    private TestSilo(IHost host)
    {
        _host = host;
        Address = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
    }

    public IServiceProvider Services => _host.Services;

    public IGrainStorage Storage => Services.GetRequiredKeyedService<IGrainStorage>("state");

    public IReminderTable Reminders => Services.GetRequiredService<IReminderTable>();

    public SiloAddress Address { get; }

    public static async Task<TestSilo> StartAsync(Action<ISiloBuilder> configure, HostLog? log = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.ToSuite(log);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (ClusterId, ServiceId));
            silo.ConfigureEndpoints(IPAddress.Loopback, LoopbackPort.Free(), LoopbackPort.Free());
            configure(silo);
        });
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestSilo(host);
    }

    /// <summary>Leaves the cluster in good order.</summary>
    public Task LeaveAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
