using JobTracker.Jobs;
using JobTracker.Pages.Jobs;

namespace JobTracker.Tests.Unit.Pages.Jobs;

public sealed class SteadyRowsTests
{
    private readonly JobId[] _ids = PageJobs.Ids(8);

    [Fact]
    public void Rows_change_where_they_are_and_new_ones_are_counted()
    {
        var rows = Of(older: null, 2, 1, 0);
        rows.Take([Row(4), Row(3), Row(2), Row(1, JobStatus.Pending), Row(0)], _ => true, older: null);
        Assert.Equal([_ids[2], _ids[1], _ids[0]], rows.Rows.Select(row => row.Row.Id));
        Assert.Equal(JobStatus.Pending, rows.Rows[1].Row.Status);
        Assert.Equal((2, false), (rows.Waiting, rows.MayMoreWait));
        Assert.Empty(rows.Lost);
    }

    [Fact]
    public void A_new_one_that_matches_no_longer_waits_no_longer()
    {
        var rows = Of(older: null, 0);
        rows.Take([Row(1), Row(0)], _ => true, older: null);
        rows.Take([Row(0)], _ => true, older: null);
        Assert.Equal(0, rows.Waiting);
    }

    [Fact]
    public void One_that_comes_to_match_among_the_rows_waits_and_one_below_them_does_not()
    {
        var rows = Of(older: _ids[4], 6, 4);
        rows.Take([Row(6), Row(5), Row(4), Row(3)], _ => true, older: _ids[3]);
        Assert.Equal((1, false), (rows.Waiting, rows.MayMoreWait));
    }

    [Fact]
    public void There_may_be_more_where_the_newest_reach_not_down_to_the_rows()
    {
        var rows = Of(older: _ids[0], 1, 0);
        rows.Take([Row(7), Row(6)], id => id >= _ids[6], older: _ids[6]);
        Assert.Equal((2, true), (rows.Waiting, rows.MayMoreWait));
        Assert.All(rows.Rows, row => Assert.Equal(RowMark.None, row.Mark));
        Assert.Equal([_ids[1], _ids[0]], rows.Lost);
    }

    [Fact]
    public void One_that_matches_no_longer_stays_with_its_new_status_and_is_followed_until_it_ends()
    {
        var rows = Of(older: null, 2, 1, 0);
        rows.Take([Row(2), Row(0)], _ => true, older: null);
        Assert.Equal([_ids[1]], rows.Lost);
        rows.Take(_ids[1], Row(1, JobStatus.Pending));
        Assert.Equal([_ids[1]], rows.Lost);
        rows.Take(_ids[1], Row(1, JobStatus.Completed));
        Assert.Empty(rows.Lost);
        Assert.Equal((RowMark.Left, JobStatus.Completed), (rows.Rows[1].Mark, rows.Rows[1].Row.Status));
    }

    [Fact]
    public void One_that_is_no_more_stays_and_says_so()
    {
        var rows = Of(older: null, 1, 0);
        rows.Take([Row(1)], _ => true, older: null);
        rows.Take(_ids[0], null);
        Assert.Equal(RowMark.Removed, rows.Rows[1].Mark);
        Assert.Empty(rows.Lost);
    }

    [Fact]
    public void One_that_matches_again_is_as_any()
    {
        var rows = Of(older: null, 1, 0);
        rows.Take([Row(1)], _ => true, older: null);
        rows.Take([Row(1), Row(0, version: 3)], _ => true, older: null);
        Assert.Equal((RowMark.None, 3L), (rows.Rows[1].Mark, rows.Rows[1].Row.Version));
        rows.Take(_ids[0], Row(0, version: 2));
        Assert.Equal(3, rows.Rows[1].Row.Version);
    }

    private JobRow Row(int place, JobStatus status = JobStatus.Running, long version = 1) => PageJobs.Row(_ids[place], status, version);

    private SteadyRows<JobId, JobRow> Of(JobId? older, params int[] places)
    {
        var rows = new SteadyRows<JobId, JobRow>(row => row.Id, row => row.Status.IsTerminal);
        rows.Begin(places.Select(place => Row(place)), older);
        return rows;
    }
}
