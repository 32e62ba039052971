using System.Collections.Immutable;
using JobTracker.Operations;
using JobTracker.Pages.Callers;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Doors;

/// <summary>
/// Operations, of the caller's organization alone. Every method throws <see cref="PageFaultException"/> where it has no answer, a missing
/// scope included.
/// </summary>
public interface IOperationDoor
{
    /// <summary>Null: there is no such operation in the caller's organization.</summary>
    Task<OperationSnapshot?> GetAsync(PageCaller who, OperationId id);

    /// <summary>One page of a list.</summary>
    Task<OperationPage> ListAsync(PageCaller who, OperationQuery query);

    /// <summary>The jobs that failed, behind this place, 1,000 at most; null: no such operation.</summary>
    Task<ImmutableArray<OperationError>?> ReadErrorsAsync(PageCaller who, OperationId id, long after);

    /// <summary>The operation when its version is beyond that of <paramref name="seen"/>, or as it is after 5 s. Null: it is gone.</summary>
    Task<OperationSnapshot?> LookAsync(PageCaller who, OperationSnapshot seen, CancellationToken cancellation);

    /// <summary>What a start would come to; nothing is changed.</summary>
    Task<OperationPreview> PreviewAsync(PageCaller who, StartOperation command);

    /// <summary>Starts it: an audit event.</summary>
    Task<Done<OperationSnapshot>> StartAsync(HttpContext http, StartOperation command);

    /// <summary>Stops it behind the step that is under way: an audit event.</summary>
    Task<Done<OperationSnapshot>> AbortAsync(HttpContext http, OperationId id);
}
