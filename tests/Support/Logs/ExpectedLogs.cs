namespace JobTracker.Tests.Support.Logs;

/// <summary>
/// The warnings and errors of a run of the tests that are as they should be, each with
/// the reason. A new one is a fault of the product until it is shown to be right.
/// </summary>
internal static class ExpectedLogs
{
    private const int Any = -1;

    private static readonly Expected[] All =
    [
        // Of the machine that the tests run on.
        new("Orleans.Runtime.Silo", 100405, "a test process collects garbage as a workstation does"),
        new("Orleans.Runtime.Watchdog", Any,
            "the machine is busy; and its first look of all takes the time since the machine was started for a delay"),
        new("Orleans.Runtime.AsyncTimer.", 790741219, "the machine is busy: a timer was late"),
        new("Orleans.Runtime.MembershipService.LocalSiloHealthMonitor", Any, "the machine is busy: a timer was late"),
        new("Orleans.Runtime.Scheduler.WorkItemGroup", 101215, "the machine is busy: a turn took more than a second"),
        new("Orleans.Runtime.SiloLifecycleSubject", 100452, "the machine is busy: a stop took more than a second"),

        new("Orleans.Runtime.Messaging.MessageCenter", 101009,
            "the machine is busy: a silo alone takes back what it asked its own membership table", "sys.svc.canceler"),

        new("JobTracker.Grains.Sweeper.JobSweeperGrain", 1101, "the machine is busy: a cluster that sweeps every 50 ms",
            "Some did not answer while the sweep lasted"),

        // Of a silo that stops or is killed, while others, or its own work, still turn to it.
        new("", Any, "whoever calls a silo that is going is told so", "Silo stopping"),
        new("", Any, "whoever calls a silo that is going is told so", "is shutting down"),
        new("", Any, "whoever calls a silo that is going is told so", "The target silo became unavailable"),
        new("Orleans.Grain", 100064, "a grain that was to move to a silo that is going", "on invalid silo"),
        new("Orleans.Messaging", Any, "a call to a silo that is going"),
        new("Orleans.Runtime.CallbackData", Any, "a call to a silo that is going"),
        new("Orleans.Runtime.ReminderService.LocalReminderService", 102910, "a reminder for a part of the ring that another silo has by now"),
        new("Orleans.Runtime.MembershipService.", Any, "a probe of a silo that is going"),
        new("Orleans.", Any, "what the runtime was at when its silo went", "TaskCanceledException"),
        new("Orleans.", Any, "what the runtime was at when its silo went", "OperationCanceledException"),
        new("Orleans.", Any, "what the runtime was at when its silo went", "ObjectDisposedException"),
        new("Orleans.", Any, "what the runtime was at when its silo went", "SiloUnavailableException"),
        new("Orleans.", Any, "what the runtime was at when its silo went", "OrleansMessageRejectionException"),
        new("Orleans.", Any, "what the runtime was at when its silo went", "Known nodes with grain type: none"),
        new("Orleans.Runtime.Messaging.MessageCenter", 101009, "the dashboard speaks to itself before it listens", "Dashboard"),
        new("Polly", Any, "the placement of a grain while the last silo is going", "Orleans.Placement"),

        // Of a database that breaks as a test has planned it.
        new("", Any, "FaultyStore and FaultyBatchStore", "planned: "),
        new("", Any, "FaultyStore: PlannedFault.Bug", "A bug of the store."),
        new("", Any, "FaultyStore.Unreadable", "A status of the future."),
        new("", Any, "CallbackSecretTests take the table away", "no such table: orleans_grain_storage"),
        new("", Any, "AuditApiTests and RefusalsWriterTests take the table away", "no such table: audit_events"),

        // Of a provider that fails as the stand-in is told to.
        new("JobTracker.Grains.Batches.BatchContext", 4001, "creates whose answer is lost"),
        new("JobTracker.Grains.Batches.BatchContext", 4002, "creates that the provider refuses"),
        new("JobTracker.Grains.Batches.BatchContext", 4005, "result files that are late or cut"),
        new("JobTracker.Grains.Batches.BatchContext", 4006, "result lines that name no item or contradict an outcome"),
        new("JobTracker.Grains.Batches.BatchContext", 4008, "a completion handler that throws"),
        new("JobTracker.Grains.Batches.BatchContext", 4009, "ClocksThatDifferTests refuse a batch's job",
            "The clocks of two silos differ"),
        new("JobTracker.Grains.Batches.BatchContext", 4015, "BatchLifeTests make the counts wrong"),
        new("JobTracker.Grains.Batches.BatchContext", 4046, "linked jobs that cannot be told"),
        new("Polly", 0, "an account that is overloaded: its circuit opens", "OnCircuitOpened"),

        // Of callers and configurations that are wrong on purpose.
        new("JobTracker.Grains.Callbacks.Delivery.CallbackDispatcher", 3004, "CrampedCallbackCluster has room for one"),
        new("Microsoft.Extensions.Hosting.Internal.Host", 11, "StartTests start what must not start"),
    ];

    public static bool Has(LogLine line) => Array.Exists(All, expected => expected.Fits(line));

    /// <param name="Category">How it begins.</param>
    /// <param name="Text">What is part of it, where that tells it from what is not expected.</param>
    private sealed record Expected(string Category, int EventId, string Why, string Text = "")
    {
        public bool Fits(LogLine line) => line.Category.StartsWith(Category, StringComparison.Ordinal)
            && (EventId == Any || EventId == line.EventId) && line.Text.Contains(Text, StringComparison.Ordinal);
    }
}
