using System.Diagnostics;
using JobTracker.Telemetry;

namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>
/// Counts and times the commits of one writer, and makes a span of each that stores a change which is being traced. A commit is shared:
/// its span stands in the trace of the first such change, and every one of them has a link to it.
/// </summary>
internal sealed class MeasuredWriter(IJobWriter writer, CommitMetrics metrics) : IJobWriter
{
    private const string SpanName = "commit";

    public async Task<IReadOnlyList<JobWriteResult>> WriteAsync(IReadOnlyList<JobWrite> batch, CancellationToken cancellation)
    {
        using var span = Instrumentation.Source.HasListeners() ? Open(batch) : null;
        var began = metrics.Begin();
        try
        {
            var results = await writer.WriteAsync(batch, cancellation);
            metrics.Committed(batch.Count, began);
            return results;
        }
        catch (Exception problem) when (span is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, problem.Message);
            throw;
        }
    }

    public bool IsOpen => writer.IsOpen;

    public Task EndAsync(CancellationToken cancellation) => writer.EndAsync(cancellation);

    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private static Activity? Open(IReadOnlyList<JobWrite> batch)
    {
        if (batch.FirstOrDefault(write => write.Span is not null) is not { Span: { } first })
            return null;
        var commit = Instrumentation.Source.StartActivity(SpanName, ActivityKind.Internal, first.Context);
        if (commit is null)
            return null;
        commit.SetTag("jobtracker.storage.commit.rows", batch.Count);
        foreach (var write in batch)
            write.Span?.AddLink(new ActivityLink(commit.Context));
        return commit;
    }
}
