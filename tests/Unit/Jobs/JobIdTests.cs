using JobTracker.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class JobIdTests
{
    /// <summary>A little beyond the newest id: ids of one process only rise, and other tests make some too.</summary>
    private readonly DateTimeOffset _soon = JobId.New(TimeProvider.System).CreatedAt.AddSeconds(1);

    [Fact]
    public void An_id_is_a_version_7_UUID_of_its_millisecond()
    {
        var moment = _soon.AddTicks(3);
        var id = JobId.New(new FakeTimeProvider(moment));
        Assert.Equal(7, id.Value.Version);
        Assert.InRange(id.Value.Variant, 8, 11);
        Assert.Equal(moment.AddTicks(-3), id.CreatedAt);
        Assert.Matches("^job-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id.ToString());
        Assert.Equal(id, JobId.Parse(id.ToString()));
    }

    /// <summary>More than the 4,096 counts of a millisecond, then a clock that is set back by an hour.</summary>
    [Fact]
    public void Ids_rise_within_a_burst_and_when_the_clock_goes_back()
    {
        var clock = new FakeTimeProvider(_soon);
        var ids = Enumerable.Range(0, 10_000).Select(_ => JobId.New(clock)).ToList();
        clock.AdjustTime(_soon.AddHours(-1));
        ids.AddRange(Enumerable.Range(0, 100).Select(_ => JobId.New(clock)));
        Assert.All(ids.Zip(ids.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.True(ids[^1].CreatedAt - ids[0].CreatedAt <= TimeSpan.FromMilliseconds(3));
    }

    [Fact]
    public void Threads_side_by_side_never_make_the_same_id_and_each_sees_its_own_rise()
    {
        var clock = new FakeTimeProvider(_soon);
        var made = new List<JobId>[4];
        var threads = made.Select((_, i) => new Thread(() => made[i] = [.. Enumerable.Range(0, 5_000).Select(_ => JobId.New(clock))]))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(20_000, made.SelectMany(ids => ids).Distinct().Count());
        Assert.All(made, ids => Assert.Equal(ids.Order(), ids));
    }

    /// <summary>The order of ids, of their texts and of their times is one.</summary>
    [Fact]
    public void Text_order_is_id_order()
    {
        var clock = new FakeTimeProvider(_soon);
        var ids = new List<JobId>();
        for (var i = 0; i < 500; i++)
        {
            ids.Add(JobId.New(clock));
            clock.Advance(TimeSpan.FromMilliseconds(i % 7));
        }

        Assert.Equal(ids.Select(id => id.ToString()), ids.Select(id => id.ToString()).Order(StringComparer.Ordinal));
        Assert.True(ids[0] < ids[1] && ids[1] > ids[0] && ids[0] <= ids[1] && ids[1] >= ids[0]);
    }

    [Fact]
    public void The_bound_of_a_moment_lies_between_the_ids_before_it_and_those_of_it()
    {
        var moment = _soon;
        var before = JobId.New(new FakeTimeProvider(moment.AddMilliseconds(-1)));
        var at = JobId.New(new FakeTimeProvider(moment));
        Assert.True(before < JobId.FirstAt(moment));
        Assert.True(JobId.FirstAt(moment) < at);
        Assert.Equal(JobId.FirstAt(moment), JobId.FirstAt(moment.AddTicks(9_999)));
    }

    [Fact]
    public void The_bound_of_a_moment_out_of_range_is_the_end_of_the_range()
    {
        Assert.Equal(Guid.Empty, JobId.FirstAt(DateTimeOffset.MinValue).Value);
        Assert.Equal(
            DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(), JobId.FirstAt(DateTimeOffset.MaxValue).CreatedAt.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("job-019b7c8d-f708-7abc-8def-0123456789ab", true)]
    [InlineData("job-019b7c8d-f708-7abc-bdef-0123456789ab", true)]
    [InlineData("JOB-019b7c8d-f708-7abc-8def-0123456789ab", false)]
    [InlineData("job-019B7C8D-f708-7abc-8def-0123456789ab", false)]
    [InlineData("job-019b7c8d-f708-4abc-8def-0123456789ab", true)]
    [InlineData("job-019b7c8d-f708-7abc-cdef-0123456789ab", true)]
    [InlineData("job-019b7c8d-f708-7abc-0def-0123456789ab", true)]
    [InlineData("run-019b7c8d-f708-7abc-8def-0123456789ab", false)]
    [InlineData("019b7c8d-f708-7abc-8def-0123456789ab", false)]
    [InlineData("job-019b7c8df7087abc8def0123456789ab", false)]
    [InlineData("job-{019b7c8d-f708-7abc-8def-0123456789ab}", false)]
    [InlineData("job-019b7c8d-f708-7abc-8def-0123456789ab ", false)]
    [InlineData(" job-019b7c8d-f708-7abc-8def-0123456789a", false)]
    [InlineData("job-019b7c8d-f708-7abc-8def-0123456789ag", false)]
    [InlineData("job-019b7c8d-f708-7abc-8def-0123456789a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_what_an_id_writes_is_read_of_any_UUID_version(string? text, bool read)
    {
        Assert.Equal(read, JobId.TryParse(text, out var id));
        Assert.Equal(read ? text : new JobId().ToString(), id.ToString());
        if (!read)
            Assert.Throws<FormatException>(() => JobId.Parse(text ?? ""));
    }
}
