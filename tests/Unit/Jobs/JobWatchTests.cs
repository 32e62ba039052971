using JobTracker.Grains.Jobs.Watching;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class JobWatchTests
{
    private readonly JobWatch _watch = new();

    [Fact]
    public void The_next_version_ends_the_wait_and_begins_another()
    {
        var first = _watch.Next;
        Assert.False(first.IsCompleted);
        _watch.Publish(Version(2));
        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(_watch.Next.IsCompleted);
    }

    [Fact]
    public void A_release_ends_the_wait_without_news()
    {
        var parked = _watch.Next;
        _watch.Release();
        Assert.True(parked.IsCompletedSuccessfully);
        Assert.Empty(_watch.After(1, Version(1)).Snapshots);
    }

    [Fact]
    public void A_watcher_that_is_up_to_date_or_ahead_sees_nothing()
    {
        _watch.Publish(Version(2));
        Assert.Empty(_watch.After(2, Version(2)).Snapshots);
        Assert.Empty(_watch.After(3, Version(2)).Snapshots);
    }

    [Fact]
    public void A_watcher_a_few_steps_behind_sees_each_version_once_in_order()
    {
        Publish(from: 2, to: 5);
        Assert.Equal([3, 4, 5], Versions(after: 2, current: 5));
    }

    [Fact]
    public void The_current_version_ends_the_answer_even_where_nobody_published_it() => Assert.Equal([7], Versions(after: 3, current: 7));

    [Theory]
    [InlineData(1, new long[] { 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 })]
    [InlineData(0, new long[] { 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 })]
    public void Sixteen_versions_are_remembered(long after, long[] seen)
    {
        Publish(from: 2, to: 17);
        Assert.Equal(seen, Versions(after, current: 17));
    }

    [Fact]
    public void The_seventeenth_pushes_the_first_one_out()
    {
        Publish(from: 2, to: 18);
        Assert.Equal(3, Versions(after: 1, current: 18)[0]);
        Assert.Equal(JobWatch.Remembered, Versions(after: 1, current: 18).Count);
    }

    private void Publish(long from, long to)
    {
        for (var version = from; version <= to; version++)
            _watch.Publish(Version(version));
    }

    private List<long> Versions(long after, long current) =>
        [.. _watch.After(after, Version(current)).Snapshots.Select(seen => seen.Version)];

    private static JobSnapshot Version(long version) => JobSamples.In(JobStatus.Running).Snapshot with { Version = version };
}
