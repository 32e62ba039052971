using JobTracker.Grains.Storage;
using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What no index has together is looked for a bounded number of entries at a time.</summary>
public abstract partial class JobListConformance
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_pair_of_filters_is_walked_to_its_end_in_pages_that_look_at_few(bool ascending)
    {
        foreach (var first in Filters)
        {
            foreach (var second in Filters)
            {
                var query = second(first(Query() with { Ascending = ascending, Limit = 3 }));
                List<JobId> walked = [];
                for (var asked = query; asked is not null;)
                {
                    var page = await ListAsync(asked, scan: 5);
                    walked.AddRange(page.Jobs.Select(job => job.Id));
                    asked = page.RestOf(asked);
                }
                Assert.Equal(Ordered(query).Select(job => job.Id), walked);
            }
        }
    }

    [Fact]
    public async Task A_page_ends_at_its_last_entry_and_says_where_and_one_entry_more_finds_the_job()
    {
        var users = Ordered(Query() with { UserId = "user'2" });
        var query = Query() with { UserId = "user'2", JobType = users[6].JobType, Limit = 1, After = users[3].Id };
        var place = users.FindIndex(4, job => job.JobType == query.JobType) - 3;

        var shy = await ListAsync(query, place - 1);
        var page = await ListAsync(query, place + 1);

        Assert.Empty(shy.Jobs);
        Assert.Equal((true, users[place + 2].Id), (shy.HasNext, shy.Reached));
        Assert.Equal(users[place + 3].Id, Assert.Single(page.Jobs).Id);
    }

    [Fact]
    public async Task A_page_before_a_job_ends_so_too_and_says_where_to_go_on_backwards()
    {
        var users = Ordered(Query() with { UserId = "user'2" });

        var page = await ListAsync(Query() with { UserId = "user'2", JobType = "nowhere", Before = users[^1].Id }, scan: 2);

        Assert.Empty(page.Jobs);
        Assert.True(page.HasPrevious);
        Assert.Equal(users[^3].Id, page.Reached);
    }

    private Task<JobPage> ListAsync(JobQuery query, int scan) =>
        fixture.Database.Store.ListAsync(query, new PageLimits(8 << 20, scan), CancellationToken.None);
}
