using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Failover;

/// <summary>
/// Every process is replaced by a new one, one after the other, as a deployment does it: the new one first. Of another build
/// (<see cref="OldBuild"/>) it is an upgrade, gateways first (docs/operations.md).
/// </summary>
[Collection("processes")]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int Shown = 5;

    /// <summary>More than the balancer waits for a look, and the pause before it.</summary>
    private const string Drain = "--Shutdown:Drain=00:00:04";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>So long after it is sent no more, a gateway has answered what it was sent.</summary>
    private static readonly TimeSpan LastRequests = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_rolling_restart_of_all_silos_and_gateways_fails_no_request()
    {
        var postgres = await PostgresServer.Shared;
        var database = postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync());
        await using var balancer = new Balancer();
        List<ServerProcess> silos = [], gateways = [];
        try
        {
            for (var silo = 0; silo < Silos; silo++)
                silos.Add(await SiloProcess.StartOtherAsync(OldBuild.ProjectOf("Silo"), database, Drain));
            for (var gateway = 0; gateway < 2; gateway++)
                gateways.Add(await StartGatewayAsync(OldBuild.ProjectOf("Gateway"), database, balancer));
            using var load = new SteadyLoad(balancer.Next, SteadyLoad.PerSecond);
            await load.StartAsync();

            Func<Task>[] order = [ReplaceSilosAsync, ReplaceGatewaysAsync];
            foreach (var replace in OldBuild.Folder is null ? order : order.Reverse())
                await replace();
            await load.StopAsync();

            output.WriteLine(load.Story());
            foreach (var kind in load.Failures())
                output.WriteLine(kind);
            Assert.Empty(load.Records.Where(record => !record.IsSuccess).Take(Shown));

            async Task ReplaceSilosAsync()
            {
                for (var silo = 0; silo < Silos; silo++)
                    silos[silo] = await ReplaceAsync(load, silos[silo], () => SiloProcess.StartOnPostgresAsync(database, Drain));
            }

            async Task ReplaceGatewaysAsync()
            {
                for (var gateway = 0; gateway < gateways.Count; gateway++)
                    gateways[gateway] = await ReplaceAsync(
                        load, gateways[gateway], () => StartGatewayAsync("Gateway", database, balancer), balancer);
            }
        }
        finally
        {
            foreach (var process in gateways.Concat(silos))
                await process.DisposeAsync();
        }
    }

    private static async Task<ServerProcess> StartGatewayAsync(string project, string database, Balancer balancer)
    {
        var gateway = await ServerProcess.StartAsync(project, $"--ConnectionStrings:Postgres={database}", Drain);
        balancer.Add(gateway.Address);
        await Polling.UntilAsync(Patience, () => Task.FromResult(balancer.IsReady(gateway.Address)), gateway.Story);
        return gateway;
    }

    private async Task<ServerProcess> ReplaceAsync(
        SteadyLoad load, ServerProcess old, Func<Task<ServerProcess>> start, Balancer? balancer = null)
    {
        var (starting, replacement) = (load.Now, await start());
        if (balancer is not null && OldBuild.Folder is not null)
        {
            // One of a version before draining is taken out by hand (docs/operations.md).
            balancer.Remove(old.Address);
            await Task.Delay(LastRequests, TimeProvider.System);
        }
        var stopping = load.Now;
        Assert.Equal(0, await old.StopAsync());
        output.WriteLine(
            $"another started at {starting.TotalSeconds:0.0} s; this one told to end at {stopping.TotalSeconds:0.0}, ended at {load.Now.TotalSeconds:0.0}");
        await old.DisposeAsync();
        return replacement;
    }
}
