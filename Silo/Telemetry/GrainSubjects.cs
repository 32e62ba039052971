using JobTracker.Telemetry;

namespace JobTracker.Silo.Telemetry;

/// <summary>Tells the log whose turn it is: the job or the batch that a line is about.</summary>
internal sealed class GrainSubjects(LogSubjects subjects, IGrainContextAccessor grains) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        subjects.Add(() => (grains.GrainContext?.GrainInstance as IHasLogSubject)?.LogSubject);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
