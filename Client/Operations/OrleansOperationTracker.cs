using System.Runtime.CompilerServices;
using JobTracker.Callers;
using JobTracker.Client.Retrying;
using JobTracker.Operations;
using JobTracker.Organizations;

namespace JobTracker.Client.Operations;

/// <summary>The one <see cref="IOperationTracker"/>.</summary>
internal sealed class OrleansOperationTracker(
    IGrainFactory grains, JobTrackerClientOptions options, TimeProvider clock, Random random) : IOperationTracker
{
    private const int PageOperations = 100;

    private readonly Caller _caller = new(options.OrganizationId, options.UserId);
    private readonly Attempts _attempts = new(options, clock, random);

    private IOperationsGrain Operations => grains.GetGrain<IOperationsGrain>(OrganizationKey.Of(_caller.OrganizationId));

    public OperationHandle Operation(OperationId id) => new(grains, _caller, _attempts, id);

    public async Task<OperationHandle> StartAsync(StartOperation command, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        // The id is made once: sent again, the start finds what it began.
        var id = OperationId.New(clock);
        return await _attempts.ReadAsync(() => Operations.StartAsync(_caller, id, command), cancellation) switch
        {
            OperationOutcome.Accepted { Operation: var begun } => Operation(begun.Id),
            OperationOutcome.AlreadyDone { Operation: var earlier } => Operation(earlier.Id),
            var refused => throw new OperationRefusedException(refused),
        };
    }

    public async Task<OperationPreview> PreviewAsync(StartOperation command, CancellationToken cancellation = default)
    {
        var preview = await _attempts.ReadAsync(() => Operations.PreviewAsync(_caller, command), cancellation);
        return preview.Refusal is { } refusal ? throw new OperationRefusedException(refusal) : preview;
    }

    public async IAsyncEnumerable<OperationSnapshot> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var query = new OperationQuery { Limit = PageOperations }; ;)
        {
            var asked = query;
            var page = await _attempts.ReadAsync(() => Operations.ListAsync(_caller, asked), cancellation);
            foreach (var operation in page.Operations)
                yield return operation;
            if (page is not { HasNext: true, Operations: [.., var last] })
                yield break;
            query = query with { After = last.Id };
        }
    }
}
