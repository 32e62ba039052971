using JobTracker.Gateway.Jobs.Listing;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class ListParametersTests
{
    private const string First = "job-01890a5d-ac96-774b-bcce-b302099a8057";
    private const string Second = "job-01890a5d-ac97-774b-bcce-b302099a8057";

    [Fact]
    public void Nothing_asked_for_is_the_newest_hundred() => Assert.Equal(new JobQuery(), Read("") with { Statuses = [] });

    [Fact]
    public void Every_parameter_reaches_the_query()
    {
        var query = Read($"?organization_id=o&job_type=run&user_id=u&stop_reason=error&background=true&parent_id={First}&source_id=s"
            + $"&created_after=2026-01-01T00:00:00Z&created_before=2026-01-02T01:00:00%2B01:00&after={First}&before={Second}&limit=7&order=asc");

        Assert.Equal(
            new JobQuery
            {
                OrganizationId = "o",
                Statuses = query.Statuses,
                JobType = "run",
                UserId = "u",
                StopReason = "error",
                Background = true,
                ParentId = JobId.Parse(First),
                SourceId = "s",
                CreatedAfter = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
                CreatedBefore = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
                After = JobId.Parse(First),
                Before = JobId.Parse(Second),
                Limit = 7,
                Ascending = true,
            },
            query);
        Assert.Empty(query.Statuses);
    }

    [Theory]
    [InlineData("?status=failed", "failed")]
    [InlineData("?status=failed,running", "failed running")]
    [InlineData("?status=failed&status=running,failed", "failed running")]
    [InlineData("?active=true", "created pending running")]
    [InlineData("?active=false", "")]
    [InlineData("?active=true&status=failed,running", "running")]
    public void Statuses_are_joined(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(query).Statuses.Select(status => status.Word)));

    [Fact]
    public void Tags_keep_the_order_in_which_they_are_named()
    {
        var query = Read("?tag=rare&tag=b,rare&any_tag=z,team:a/1");

        Assert.Equal(["rare", "b"], query.Tags);
        Assert.Equal(["z", "team:a/1"], query.AnyTags);
        Assert.Equal(10, Read("?tag=a,b,c,d,e,f,g,h,i,j").Tags.Length);
    }

    [Theory]
    [InlineData("A.Example", "a.example")]
    [InlineData("b%C3%BCcher.example", "xn--bcher-kva.example")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    public void A_host_is_read_as_URLs_have_it(string host, string read) =>
        Assert.Equal(read, Read($"?callback_host={host}&callback=failed").CallbackHost);

    [Fact]
    public void Filters_that_exclude_each_other_match_nothing()
    {
        ListParameters.Read(new QueryFields(Requests.Query("?active=true&status=failed"), new RequestErrors()), out var nothing);

        Assert.True(nothing);
    }

    [Theory]
    [InlineData("?order=asc&ascending=true", true)]
    [InlineData("?order_by=created_at&ascending=True", true)]
    [InlineData("?ascending=false", false)]
    [InlineData("?order=desc", false)]
    public void Both_spellings_of_the_order_are_read(string query, bool ascending) => Assert.Equal(ascending, Read(query).Ascending);

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?limit=-1", "limit")]
    [InlineData("?limit=ten", "limit")]
    [InlineData("?limit=", "limit")]
    [InlineData("?limit=1&limit=2", "limit")]
    [InlineData("?status=done", "status")]
    [InlineData("?status=", "status")]
    [InlineData("?status=failed,", "status")]
    [InlineData("?active=yes", "active")]
    [InlineData("?background=1", "background")]
    [InlineData("?before=1", "before")]
    [InlineData("?after=JOB-01890A5D-AC96-774B-BCCE-B302099A8057", "after")]
    [InlineData("?parent_id=x", "parent_id")]
    [InlineData("?created_after=2026-01-01", "created_after")]
    [InlineData("?created_before=2026-01-02T01:00:00+01:00", "created_before")]
    [InlineData("?order=up", "order")]
    [InlineData("?order_by=updated_at", "order_by")]
    [InlineData("?order=asc&ascending=false", "ascending")]
    [InlineData("?source_id=%00", "source_id")]
    [InlineData("?user_id=", "user_id")]
    [InlineData("?tag=", "tag")]
    [InlineData("?tag=a b", "tag")]
    [InlineData("?tag=a,b,c,d,e,f,g,h,i,j,k", "tag")]
    [InlineData("?any_tag=%25", "any_tag")]
    [InlineData("?callback=lost", "callback")]
    [InlineData("?callback_host=a.example:443", "callback_host")]
    [InlineData("?callback_host=a/b", "callback_host")]
    [InlineData("?completed_after=yesterday", "completed_after")]
    public void What_is_wrong_is_named(string query, string parameter)
    {
        var errors = new RequestErrors();
        ListParameters.Read(new QueryFields(Requests.Query(query), errors), out _);

        Assert.Equal([parameter], Requests.Names(errors));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_page_has_1_to_1000_jobs(int limit) => Assert.Equal(limit, Read($"?limit={limit}").Limit);

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, true)]
    public void A_text_has_255_characters_at_most(int length, bool isRefused)
    {
        var errors = new RequestErrors();
        ListParameters.Read(new QueryFields(Requests.Query($"?user_id={new string('x', length)}"), errors), out _);

        Assert.Equal(isRefused, errors.Problem is not null);
    }

    [Fact]
    public void The_deprecated_list_takes_less()
    {
        var errors = new RequestErrors();
        ListParameters.ReadActive(new QueryFields(Requests.Query("?limit=51"), errors));

        Assert.Equal(["limit"], Requests.Names(errors));
        Assert.DoesNotContain("status", ListParameters.OfActive.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Every_parameter_is_documented()
    {
        var errors = new RequestErrors();
        var all = string.Join('&', ListParameters.All.Select(parameter => $"{parameter.Name}=%00"));
        ListParameters.Read(new QueryFields(Requests.Query("?" + all), errors), out _);

        Assert.Equal(ListParameters.All.Select(parameter => parameter.Name).Order(), Requests.Names(errors).Distinct().Order());
        Assert.Equal(23, ListParameters.All.Length);
        Assert.All(ListParameters.OfActive, parameter => Assert.Contains(parameter.Name, ListParameters.All.Select(other => other.Name)));
    }

    private static JobQuery Read(string text)
    {
        var errors = new RequestErrors();
        var query = ListParameters.Read(new QueryFields(Requests.Query(text), errors), out _);
        Assert.Empty(Requests.Names(errors));
        return query;
    }
}
