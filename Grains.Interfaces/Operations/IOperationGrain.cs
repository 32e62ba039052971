using System.Collections.Immutable;
using JobTracker.Callers;
using Orleans.Concurrency;

namespace JobTracker.Operations;

/// <summary>
/// One operation; its key is the text of its <see cref="OperationId"/>. It walks over its jobs a hundred at a time, and each step is stored
/// before it is begun: after a crash it goes on there, and does nothing twice.
/// </summary>
[Alias("jobtracker.IOperationGrain")]
public interface IOperationGrain : IGrainWithStringKey
{
    /// <summary>As it was stored last; null where there is none.</summary>
    [AlwaysInterleave, Alias("Get")]
    Task<OperationSnapshot?> GetAsync(Caller caller);

    /// <summary>
    /// The operation as soon as its version is beyond <paramref name="afterVersion"/>, or as it is after <paramref name="timeout"/> (5 s at
    /// most). Null where there is none.
    /// </summary>
    [AlwaysInterleave, Alias("WaitForChange")]
    Task<OperationSnapshot?> WaitForChangeAsync(Caller caller, long afterVersion, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>Stops it behind the step that is under way; what is done stays done. AlreadyDone where it was stopped before.</summary>
    [Alias("Cancel")]
    Task<OperationOutcome> CancelAsync(Caller caller);

    /// <summary>The jobs that failed, behind this place, 1,000 at most; null where there is no such operation.</summary>
    [AlwaysInterleave, Alias("ReadErrors")]
    Task<ImmutableArray<OperationError>?> ReadErrorsAsync(Caller caller, long after);

    /// <summary>The service's own: it is its turn. Harmless at any time, however often.</summary>
    [OneWay, Alias("Wake")]
    Task WakeAsync();
}

/// <summary>The operations of one organization, of which one runs and ten wait; its key is that of the organization's grain.</summary>
[Alias("jobtracker.IOperationsGrain")]
public interface IOperationsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins the operation under an id that is new (<see cref="OperationId.New"/>); sent again, it finds what it began. AlreadyDone: the
    /// operation that an earlier start under the same key began.
    /// </summary>
    [Alias("Start")]
    Task<OperationOutcome> StartAsync(Caller caller, OperationId id, StartOperation command);

    /// <summary>What an earlier start under the command's key began, or why that was another one; null: the key is new.</summary>
    [AlwaysInterleave, Alias("Find")]
    Task<OperationOutcome?> FindAsync(Caller caller, StartOperation command);

    /// <summary>What a start would come to; nothing is changed.</summary>
    [AlwaysInterleave, Alias("Preview")]
    Task<OperationPreview> PreviewAsync(Caller caller, StartOperation command);

    /// <summary>One page, in the requested order.</summary>
    [AlwaysInterleave, Alias("List")]
    Task<OperationPage> ListAsync(Caller caller, OperationQuery query);

    /// <summary>The service's own: lets the first of those that have not ended go on. Harmless at any time, however often.</summary>
    [OneWay, Alias("Wake")]
    Task WakeAsync();
}
