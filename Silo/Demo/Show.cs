using JobTracker.Configuration;
using JobTracker.Grains.Storage.Sqlite;
using JobTracker.Organizations;
using JobTracker.Silo.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace JobTracker.Silo.Demo;

/// <summary>
/// The demonstration's course: whether the file is one for it is found out before anybody works on it; once the silo is there it is filled,
/// unless it was; then it moves until the process ends.
/// </summary>
internal sealed class Show(
    IConfiguration configuration, Seeds seeds, Mover mover, IServer server, IHostApplicationLifetime lifetime, ILogger<Show> log)
    : IHostedLifecycleService, IDisposable
{
    private readonly string _file = EmbeddedFile.Resolve(configuration);
    private readonly CancellationTokenSource _end = new();
    private Task _moving = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (configuration[SqliteFile.Setting] is not Defaults.File
            && await SqliteFile.HoldsOtherJobsThanAsync(_file, OrganizationId.Default, Catalogue.Tag, cancellationToken))
            throw new StartRefusedException(
                $"{SqliteFile.Setting}: {_file} has jobs that are not the demonstration's, which works on a file of its own.");
    }

    /// <summary>
    /// Behind the silo's own start, so that there are grains to call, and beside what is served, which waits for none of it.
    /// </summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _moving = RunAsync(_end.Token);
        return Task.CompletedTask;
    }

    /// <summary>Before anything else of the process stops.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _end.CancelAsync();
        await _moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _end.Dispose();

    private async Task RunAsync(CancellationToken end)
    {
        try
        {
            await seeds.SowAsync(end);
            await Console.Out.WriteLineAsync($"The demonstration is at {Address()}/ui/ (data in {_file})");
            await mover.RunAsync(end);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.Broken(fault);
            lifetime.StopApplication();
        }
    }

    private string? Address() => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/');
}
