using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>Takes one batch in: a draft, its items chunk by chunk as they arrive, and at the end the submission. Holds one chunk.</summary>
internal sealed class BatchIntake(CallsTo<IBatchGrain> batch, Caller caller, IncomingBatch body, GatewayLimits limits) : IDisposable
{
    private readonly ItemChunks _chunks = new();

    /// <summary>Of each item that was not stored yet, its line.</summary>
    private readonly List<long> _lines = [];

    private BatchFingerprint? _fingerprint;
    private bool _isDraft;

    /// <summary>What became of the batch. Whatever goes wrong before the submission leaves nothing behind.</summary>
    public async Task<BatchTaken> TakeAsync(string? key, CancellationToken cancellation)
    {
        try
        {
            await foreach (var line in body.ReadAsync(cancellation))
            {
                if (await TakeAsync(line) is { } problem)
                    return new BatchTaken(null, problem);
            }
            if (_chunks.Rest() is { } rest && await StoreAsync(rest) is { } refusal)
                return new BatchTaken(null, refusal);
            var submission = new SubmitBatch
            {
                ItemCount = _chunks.Count,
                IdempotencyKey = key,
                Fingerprint = key is null
                ? null
                : _fingerprint!.Text()
            };
            // From here on the batch may exist, whatever is heard of it.
            _isDraft = false;
            var outcome = await batch.Patiently.SendSafelyAsync(grain => grain.SubmitAsync(caller, submission));
            _isDraft = outcome is BatchOutcome.Refused;
            return new BatchTaken(outcome, null);
        }
        finally
        {
            // Not waited for: a draft that nobody discards is gone after an hour anyway.
            if (_isDraft)
                batch.SendSafelyAsync(grain => grain.DiscardAsync(caller)).Ignore();
        }
    }

    public void Dispose() => _fingerprint?.Dispose();

    private async Task<Problem?> TakeAsync(BatchPart line) => line switch
    {
        BatchPart.Head head => await BeginAsync(head),
        BatchPart.Item item => await AddAsync(item),
        BatchPart.Refused refused => body.ProblemOf(refused),
        _ => throw new InvalidOperationException($"A line of no kind: {line.GetType()}."),
    };

    private async Task<Problem?> BeginAsync(BatchPart.Head head)
    {
        var errors = new RequestErrors();
        var command = CreateBatchHeadBody.Read(head.Json, limits, errors);
        if (errors.Problem is { } problem)
            return problem;
        _fingerprint = new BatchFingerprint(command);
        _isDraft = true;
        return ProblemOf(await batch.SendSafelyAsync(grain => grain.BeginAsync(caller, command)));
    }

    private async Task<Problem?> AddAsync(BatchPart.Item line)
    {
        JobId? job = null;
        if (line.JobId is { } text)
        {
            if (!JobId.TryParse(text, out var id))
                return body.ProblemOf(line.Line, "job_id", "must be a job id: job- and a UUID in lower case");
            job = id;
        }
        var item = new NewItem { CustomId = line.CustomId, Params = line.Parameters.ToArray(), JobId = job };
        _fingerprint!.Add(item);
        var full = _chunks.Add(item);
        if (full is not null && await StoreAsync(full) is { } problem)
            return problem;
        _lines.Add(line.Line);
        return null;
    }

    private async Task<Problem?> StoreAsync(ItemChunk chunk)
    {
        CallBudget.Renew();
        var outcome = await batch.Patiently.SendSafelyAsync(grain => grain.AddItemsAsync(caller, chunk));
        var problem = outcome switch
        {
            BatchOutcome.Refused { Reason: BatchRefusal.InvalidItem item } =>
                body.ProblemOf(LineOf(item.Position), item.Field, item.Problem),
            BatchOutcome.Refused { Reason: BatchRefusal.TooManyItems many } =>
                body.ProblemOf(ItemSequence.PastLimit(LineOf(many.Limit), many.Limit)),
            _ => ProblemOf(outcome),
        };
        _lines.Clear();
        return problem;

        long LineOf(long position) => _lines[(int)(position - chunk.First)];
    }

    private static Problem? ProblemOf(BatchOutcome outcome) => outcome switch
    {
        BatchOutcome.Accepted or BatchOutcome.AlreadyDone => null,
        BatchOutcome.Refused { Reason: var reason } => ProblemMap.Of(reason),
        _ => ProblemMap.BatchNotFound,
    };
}

/// <summary>One of the two.</summary>
internal readonly record struct BatchTaken(BatchOutcome? Outcome, Problem? Problem);
