using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Shutdown;

/// <summary>
/// Ends a process that serves HTTP so that no request is lost: SIGTERM makes it unready, it serves on for <c>Shutdown:Drain</c>, and only
/// then begins to stop. SIGINT (Ctrl+C), SIGQUIT, and a second SIGTERM, stop it at once. In the place of .NET's own console lifetime.
/// </summary>
internal sealed class DrainingLifetime(
    Serving serving, IHostApplicationLifetime lifetime, IOptions<ShutdownOptions> options, TimeProvider clock,
    ILogger<DrainingLifetime> log) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _terms;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Term));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Term(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _terms) > 1)
        {
            Stop(context);
            return;
        }
        context.Cancel = true;
        serving.Drain();
        log.Draining(options.Value.Drain);
        _ = StopAfterDrainAsync();
    }

    private async Task StopAfterDrainAsync()
    {
        await Task.Delay(options.Value.Drain, clock, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }

    private void Stop(PosixSignalContext context)
    {
        // Otherwise the runtime would end the process.
        context.Cancel = true;
        serving.Drain();
        lifetime.StopApplication();
    }
}
