using JobTracker.Grains.Jobs.Doors;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Jobs.Life;

internal sealed partial record Job
{
    /// <summary>What the single command makes of the job, marked as the operation's; nothing where that was here before.</summary>
    public Decision Decide(OperationOnJob command, Act act)
    {
        if (OperationId == command.Operation)
            return new Decision.Keep();
        var decision = command.Action switch
        {
            OperationAction.Cancel => Decide(new CancelJob(), act),
            OperationAction.Delete => Decide(new DeleteJob()),
            OperationAction.Redeliver => Decide(new RedeliverCallback(), act),
        };
        return decision is Decision.Store store ? store with { Next = store.Next with { OperationId = command.Operation } } : decision;
    }

    /// <summary>Whether it is still one of those that the operation is about: its status may have changed since it was listed.</summary>
    public bool Fits(OperationOnJob command) =>
        OperationId == command.Operation || command.Statuses.IsEmpty || command.Statuses.Contains(Snapshot.Status);
}
