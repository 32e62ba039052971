using System.Collections.Immutable;

namespace JobTracker.Telemetry;

/// <summary>Every figure of the meter, in one place: the instruments are made from it, and docs/telemetry.md is.</summary>
internal static class Metrics
{
    /// <summary>The longest job that is told apart: a day.</summary>
    private static readonly ImmutableArray<double> OfJobs = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400];

    private static readonly ImmutableArray<double> OfCalls =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private static readonly ImmutableArray<double> OfRows = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

    private static readonly ImmutableArray<double> OfLag = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600];

    /// <summary>A name of a caller's: how many there may be is bounded by <c>JobTypes</c>.</summary>
    public const string JobType = "job_type";

    public static readonly Metric JobCreated = new(
        "jobtracker.job.created", MetricKind.Counter, "{job}", "Jobs that were made", [JobType]);

    public static readonly Metric JobTransitions = new(
        "jobtracker.job.transitions", MetricKind.Counter, "{job}", "Changes of status that were stored", ["from", "to"]);

    public static readonly Metric JobRefused = new(
        "jobtracker.job.refused", MetricKind.Counter, "{job}", "Commands that changed nothing because a rule forbids it", ["reason"]);

    public static readonly Metric JobDuration = new(
        "jobtracker.job.duration", MetricKind.Histogram, "s", "From created to the end", [JobType, "status"])
    { Boundaries = OfJobs };

    public static readonly Metric JobQueueTime = new(
        "jobtracker.job.queue_time", MetricKind.Histogram, "s", "From created to running", [])
    { Boundaries = OfJobs };

    public static readonly Metric JobOpen = new(
        "jobtracker.job.open", MetricKind.Gauge, "{job}", "Jobs that have not ended; one silo tells it for all", ["status"]);

    public static readonly Metric JobOldestAge = new(
        "jobtracker.job.oldest_age", MetricKind.Gauge, "s",
        "How long ago the oldest job in this status was created; one silo tells it for all", ["status"]);

    public static readonly Metric StorageQueue = new(
        "jobtracker.storage.queue", MetricKind.Gauge, "{job}", "Writes that wait for their commit in this silo", []);

    public static readonly Metric CommitRows = new(
        "jobtracker.storage.commit.rows", MetricKind.Histogram, "{job}", "Rows that one commit stored", [])
    { Boundaries = OfRows };

    public static readonly Metric CommitDuration = new(
        "jobtracker.storage.commit.duration", MetricKind.Histogram, "s", "Time one commit took", [])
    { Boundaries = OfCalls };

    public static readonly Metric CallbackAttempt = new(
        "jobtracker.callback.attempt.duration", MetricKind.Histogram, "s",
        "Time an attempt took: delivered, refused by an answer other than 2xx, or no_answer", ["outcome", "error.type"])
    { Boundaries = OfCalls };

    public static readonly Metric CallbackOwed = new(
        "jobtracker.callback.owed", MetricKind.Gauge, "{job}",
        "Jobs that owe a callback, those that wait for another attempt included; one silo tells it for all", []);

    public static readonly Metric CallbackOldestAge = new(
        "jobtracker.callback.oldest_age", MetricKind.Gauge, "s",
        "How long ago the job ended whose callback is owed longest; one silo tells it for all", []);

    public static readonly Metric CallbackGivenUp = new(
        "jobtracker.callback.given_up", MetricKind.Counter, "{job}", "Callbacks that no attempt of the schedule delivered", []);

    public static readonly Metric SweeperLag = new(
        "jobtracker.sweeper.lag", MetricKind.Histogram, "s", "How long the most belated job of a sweep had been due", [])
    { Boundaries = OfLag };

    public static readonly Metric PollerCycle = new(
        "jobtracker.poller.cycle.duration", MetricKind.Histogram, "s", "Time the poller took to look for batches that are due", [])
    { Boundaries = OfCalls };

    public static readonly Metric ProviderRequest = new(
        "jobtracker.provider.request.duration", MetricKind.Histogram, "s",
        "Time that asking a provider for one thing took, until what it answered was stored", ["provider", "operation", "error.type"])
    { Boundaries = OfCalls };

    public static readonly Metric BatchItems = new(
        "jobtracker.batch.items", MetricKind.Counter, "{item}", "Items of batches that got their outcome", ["provider", "status"]);

    public static readonly Metric StreamOpen = new(
        "jobtracker.stream.open", MetricKind.UpDownCounter, "{stream}",
        "Connections that follow a job on this gateway: events, or a read that waits", ["kind"]);

    public static readonly Metric ClockBehind = new(
        "jobtracker.clock.behind", MetricKind.Gauge, "s",
        "How far the machine's clock is behind the latest time that this process knew: above 0 it was set back", []);

    public static readonly ImmutableArray<Metric> All =
    [
        JobCreated, JobTransitions, JobRefused, JobDuration, JobQueueTime, JobOpen, JobOldestAge, StorageQueue, CommitRows, CommitDuration,
        CallbackAttempt, CallbackOwed, CallbackOldestAge, CallbackGivenUp, SweeperLag, PollerCycle, ProviderRequest, BatchItems, StreamOpen,
        ClockBehind,
    ];
}
