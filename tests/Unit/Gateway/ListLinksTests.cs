using JobTracker.Gateway.Jobs.Listing;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class ListLinksTests
{
    private const string A = "job-01890a5d-ac96-774b-bcce-b302099a8057";
    private const string B = "job-01890a5d-ac97-774b-bcce-b302099a8057";
    private const string Old = "job-01890a5d-ac98-774b-bcce-b302099a8057";

    [Fact]
    public void Both_links_keep_every_filter() => Assert.Equal(
        $"</v1/jobs?status=failed&status=running&source_id=a%26b%20c&limit=2&after={B}>; rel=\"next\", "
        + $"</v1/jobs?status=failed&status=running&source_id=a%26b%20c&limit=2&before={A}>; rel=\"prev\"",
        Links("?status=failed&status=running&source_id=a%26b%20c&limit=2", hasNext: true, hasPrevious: true));

    [Fact]
    public void A_page_found_from_behind_goes_on_past_the_old_cursor() =>
        Assert.Equal($"</v1/jobs?after={B}>; rel=\"next\"", Links($"?before={Old}", hasNext: true, hasPrevious: false));

    [Fact]
    public void A_walk_between_two_jobs_stays_between_them() =>
        Assert.Equal(
            $"</v1/jobs?after={B}&before={Old}>; rel=\"next\"", Links($"?after={Old}&before={Old}", hasNext: true, hasPrevious: true));

    [Fact]
    public void A_page_after_a_job_leads_back() =>
        Assert.Equal($"</v1/jobs?limit=1&before={A}>; rel=\"prev\"", Links($"?limit=1&after={Old}", hasNext: false, hasPrevious: true));

    [Fact]
    public void A_list_of_one_page_has_no_links() => Assert.Null(Links("?limit=2", hasNext: false, hasPrevious: false));

    [Fact]
    public void A_page_that_looked_at_enough_goes_on_behind_what_it_looked_at_last()
    {
        var reached = JobId.Parse(Old);
        var page = new JobPage([], HasNext: true, HasPrevious: false, Reached: reached);

        Assert.Equal(
            $"</v1/jobs?tag=a&after={Old}>; rel=\"next\"",
            ListLinks.Of(page, new JobQuery(), "/v1/jobs", Requests.Query("?tag=a")));
        Assert.Equal(
            $"</v1/jobs?tag=a&before={Old}>; rel=\"prev\"",
            ListLinks.Of(
                page with { HasPrevious = true }, new JobQuery { Before = JobId.Parse(A) }, "/v1/jobs",
                Requests.Query($"?tag=a&before={A}")));
    }

    private static string? Links(string parameters, bool hasNext, bool hasPrevious)
    {
        var query = ListParameters.Read(new QueryFields(Requests.Query(parameters), new RequestErrors()), out _);
        var page = new JobPage([Snapshots.Created(JobId.Parse(A)), Snapshots.Created(JobId.Parse(B))], hasNext, hasPrevious);
        return ListLinks.Of(page, query, "/v1/jobs", Requests.Query(parameters));
    }
}
