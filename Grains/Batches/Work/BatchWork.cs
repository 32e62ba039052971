using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Grains.Batches.Work;

/// <summary>Does what is due for one batch, step after step, under its lease, until nothing is.</summary>
internal sealed class BatchWork(BatchCell cell, BatchContext context, Guid holder)
{
    private BatchStep _step;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            if (NextStep() is BatchStep.Rest)
                return;
            await using var lease = await HeldLease.TakeAsync(cell, context, holder, stopping);
            if (lease is null)
            {
                await CheckAsync(stopping);
                return;
            }
            while (!lease.Token.IsCancellationRequested && NextStep() is not BatchStep.Rest)
                await StepAsync(lease.Token);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return; // whatever fails while the silo stops: the next activation goes on
        }
        catch (OperationCanceledException) when (cell.IsLost || cell.Current is { IsRemoved: true })
        {
            return; // the next activation goes on, or the next waking with the removal
        }
        catch (Exception problem)
        {
            context.Log.WorkFailed(problem, cell.Id.ToString(), _step);
            await PostponeAsync(problem);
        }
    }

    private BatchStep NextStep() => _step = cell.Current is { } batch ? context.NextStep(batch) : BatchStep.Rest;

    private async Task StepAsync(CancellationToken cancellation)
    {
        var before = cell.Current!;
        await (_step switch
        {
            BatchStep.Rest => Task.CompletedTask,
            BatchStep.Discard or BatchStep.Purge => GiveUpAsync(),
            BatchStep.Remove => new Removal(cell, context).GoOnAsync(cancellation),
            BatchStep.MakeJob => new BatchJob(cell, context).MakeAsync(),
            BatchStep.TellJob => new BatchJob(cell, context).TellAsync(cancellation),
            BatchStep.TellItemJobs => new ItemJobs(cell, context).TellAsync(cancellation),
            BatchStep.Reconcile => ReconcileAsync(before, cancellation),
            BatchStep.Handle => new Completion(cell, context).HandleAsync(cancellation),
            BatchStep.EndUnsent => cell.ChangeAsync(batch => batch.CancelledUnsent(context.Now), cancellation),
            BatchStep.LoseSubmission =>
                cell.ChangeAsync(
                    batch => batch.SubmissionLost("The service stopped while the batch was being created.", context.Moment), cancellation),
            BatchStep.Submit or BatchStep.Find or BatchStep.CancelAtProvider or BatchStep.Poll or BatchStep.Ingest =>
                AskAsync(before, cancellation),
        });
        if (ReferenceEquals(cell.Current, before))
            throw new InvalidOperationException($"The step {_step} left the batch as it was.");
    }

    /// <summary>The steps that need the provider. What a provider answers is no failure of the work.</summary>
    private async Task AskAsync(Batch batch, CancellationToken cancellation)
    {
        if (!context.Providers.TryFind(batch.Snapshot.Provider, out var provider))
        {
            await cell.ChangeAsync(current => current.WithoutAccount(context.Moment), cancellation);
            return;
        }
        var began = context.Clock.GetTimestamp();
        try
        {
            await (_step switch
            {
                BatchStep.Submit => new Submission(cell, context, provider).SendAsync(cancellation),
                BatchStep.Find => new Submission(cell, context, provider).FindAsync(cancellation),
                BatchStep.CancelAtProvider => new Polling(cell, context, provider).CancelAsync(cancellation),
                BatchStep.Ingest => new Ingestion(cell, context, provider).ReadAsync(cancellation),
                _ => new Polling(cell, context, provider).PollAsync(cancellation),
            });
            Asked(errorType: null);
        }
        catch (ProviderException failed)
        {
            Asked(failed.Error.Class.ToString());
            context.Log.CallFailed(cell.Id.ToString(), provider.Name, _step, failed.Message);
            await cell.ChangeAsync(
                current => _step is BatchStep.CancelAtProvider
                    ? current.CancelNotTaken(failed.Error, context.Moment)
                    : current.Failed(failed.Error, context.Moment), cancellation);
        }

        void Asked(string? errorType) =>
            context.Metrics.Asked(provider.Name, OperationOf(_step), context.Clock.GetElapsedTime(began), errorType);
    }

    /// <summary>The word of <c>jobtracker.provider.request.duration</c>.</summary>
    private static string OperationOf(BatchStep step) => step switch
    {
        BatchStep.Submit => "submit",
        BatchStep.Find => "find",
        BatchStep.CancelAtProvider => "cancel",
        BatchStep.Ingest => "results",
        _ => "poll",
    };

    private Task ReconcileAsync(Batch batch, CancellationToken cancellation) =>
        new Reconciliation(cell, context, context.Providers.TryFind(batch.Snapshot.Provider, out var provider) ? provider : null)
            .SettleAsync(cancellation);

    /// <summary>Guarded as every change is: what was submitted or sent again at this hour stays.</summary>
    private async Task GiveUpAsync()
    {
        var step = _step;
        var batch = await cell.ChangeAsync(current => context.NextStep(current) == step ? current.Removed(context.Now) : current);
        if (batch.IsRemoved && step is BatchStep.Discard)
            context.Log.DraftDiscarded(cell.Id.ToString());
        if (batch.IsRemoved && step is BatchStep.Purge)
            context.Log.Purged(cell.Id.ToString(), batch.Snapshot.Status.Word);
    }

    /// <summary>The lease is another's: its batch may be ahead of what is known here.</summary>
    private async Task CheckAsync(CancellationToken cancellation)
    {
        var stored = await context.Store.ReadAsync(cell.Id, cancellation);
        if (stored?.Snapshot.Version != cell.Current?.Snapshot.Version)
            cell.Lose();
    }

    private async Task PostponeAsync(Exception problem)
    {
        if (cell.IsLost || cell.Current is null or { IsRemoved: true })
            return;
        try
        {
            await cell.ChangeAsync(batch => batch.Postponed($"The step {_step} failed: {problem.Message}", context.Moment));
        }
        catch (Exception again)
        {
            context.Log.WorkFailed(again, cell.Id.ToString(), _step);
        }
    }
}
