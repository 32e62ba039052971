using System.Collections.Immutable;
using JobTracker.Jobs;
using JobTracker.Pages.Callers;

namespace JobTracker.Pages.Doors;

/// <summary>How the receivers of callbacks do. Throws <see cref="PageFaultException"/> where there is no answer.</summary>
public interface ICallbackDoor
{
    /// <summary>Since the hour of that moment, those that failed most first, 1,000 at most.</summary>
    Task<ImmutableArray<ReceiverFigures>> ListReceiversAsync(PageCaller who, DateTimeOffset since);
}
