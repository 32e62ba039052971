using JobTracker.Bench.Http;
using JobTracker.Gateway;
using JobTracker.Gateway.Auth;
using JobTracker.Silo;
using JobTracker.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobTracker.Bench.Keys;

/// <summary>Checks one stored key over and over, as a gateway does for each request: once in three seconds its silo is asked.</summary>
internal static class KeyCheckLoop
{
    /// <summary>Microseconds a check: all of it, from the text of a key to who holds it.</summary>
    public static async Task<double> MeasureAsync(int checks)
    {
        var folder = Directory.CreateTempSubdirectory("jobtracker-bench-");
        var (port, bootstrap) = (LoopbackPort.Free(), JobTracker.Keys.ApiKey.New().Text);
        await using (var app = Build(folder.FullName, port, bootstrap))
        {
            await app.StartAsync();
            var key = await KeyMaker.MakeAsync(port, bootstrap);
            var keys = app.Services.GetRequiredService<KeyChecks>();
            await RunAsync(keys, key, checks / 10);
            var microseconds = await RunAsync(keys, key, checks);
            await app.StopAsync();
            folder.Delete(recursive: true);
            return microseconds;
        }
    }

    private static async Task<double> RunAsync(KeyChecks keys, string key, int checks)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        for (var check = 0; check < checks; check++)
            _ = await keys.OfAsync(key) ?? throw new InvalidOperationException("The key is refused.");
        return clock.GetElapsedTime(start).TotalMicroseconds / checks;
    }

    private static WebApplication Build(string folder, int port, string bootstrap)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = ServerProcess.Url(port);
        builder.Configuration["Storage:SqlitePath"] = Path.Combine(folder, "jobs.db");
        builder.Configuration["Cluster:SiloPort"] = FormattableString.Invariant($"{LoopbackPort.Free()}");
        builder.Configuration["Cluster:GatewayPort"] = FormattableString.Invariant($"{LoopbackPort.Free()}");
        builder.Configuration["Auth:Mode"] = AuthOptions.Keys;
        builder.Configuration["Auth:BootstrapKey"] = bootstrap;
        builder.AddJobTrackerSilo().AddJobTrackerGateway();
        return builder.Build().MapJobTrackerGateway();
    }
}
