using JobTracker.Jobs;
using JobTracker.Pages.Jobs;

namespace JobTracker.Tests.Unit.Pages.Jobs;

public sealed class JobListTests
{
    private readonly JobId[] _ids = PageJobs.Ids(6);

    [Fact]
    public void The_first_page_covers_what_is_newer_than_its_end()
    {
        var list = Of(new JobQuery(), hasNext: true, hasPrevious: false, 5, 4, 3);
        Assert.Equal((null, _ids[3]), (list.Newer, list.Older));
        Assert.Equal([false, false, false, true, true, true], _ids.Select(list.Covers));
    }

    [Fact]
    public void The_last_page_covers_all()
    {
        var list = Of(new JobQuery { After = _ids[2] }, hasNext: false, hasPrevious: true, 1, 0);
        Assert.Equal((_ids[1], (JobId?)null), (list.Newer, list.Older));
        Assert.All(_ids, id => Assert.True(list.Covers(id)));
    }

    [Fact]
    public void A_page_that_was_found_from_behind_covers_from_its_cursor_to_its_newest()
    {
        var list = Of(new JobQuery { Before = _ids[1] }, hasNext: true, hasPrevious: true, 4, 2);
        Assert.Equal((_ids[4], _ids[2]), (list.Newer, list.Older));
        Assert.Equal([false, true, true, true, true, false], _ids.Select(list.Covers));
    }

    [Fact]
    public void A_page_that_was_cut_short_goes_on_behind_what_was_looked_at_last()
    {
        var page = new JobPage([PageJobs.Job(_ids[5])], HasNext: true, HasPrevious: false, Reached: _ids[2]);
        var list = JobList.Of(page, new JobQuery());
        Assert.Equal((_ids[2], true), (list.Older, list.IsCutShort));
        Assert.Equal([false, false, true, true, true, true], _ids.Select(list.Covers));
    }

    [Fact]
    public void Two_readings_are_the_same_until_something_moves()
    {
        var one = Of(new JobQuery(), hasNext: true, hasPrevious: false, 2, 1);
        Assert.Equal(one, Of(new JobQuery(), hasNext: true, hasPrevious: false, 2, 1));
        Assert.NotEqual(one, Of(new JobQuery(), hasNext: false, hasPrevious: false, 2, 1));
        Assert.NotEqual(one, Of(new JobQuery(), hasNext: true, hasPrevious: false, 3, 2, 1));
        var heartbeat = PageJobs.Row(_ids[1]) with { Next = new JobNext(JobNeed.HeartbeatDue, PageJobs.Now) };
        Assert.NotEqual(PageJobs.Row(_ids[1]), heartbeat);
        Assert.NotEqual(PageJobs.Row(_ids[1]), PageJobs.Row(_ids[1]) with { Children = ChildCounts.None });
    }

    private JobList Of(JobQuery query, bool hasNext, bool hasPrevious, params int[] places) =>
        JobList.Of(new JobPage([.. places.Select(place => PageJobs.Job(_ids[place]))], hasNext, hasPrevious), query);
}
