namespace JobTracker.Tests.Integration.Gateway;

/// <summary>An organization that may have three open jobs.</summary>
public sealed class OpenJobsTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new(("Limits:OpenJobs", "3"));

    public ValueTask InitializeAsync() => _gateway.InitializeAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task As_many_jobs_are_open_as_may_be_and_not_one_more_until_one_ends()
    {
        var (api, other) = (_gateway.NewCaller(), _gateway.NewCaller());
        string[] ids = [await api.CreateAsync(), await api.CreateAsync(), await api.CreateAsync()];

        var refused = await api.PostAsync("/v1/jobs", "{}");
        Assert.Equal(("409 open_jobs_quota", "false"), (refused.Problem, refused.Header("x-should-retry")));
        await other.CreateAsync();

        Assert.Equal(200, (await api.PostAsync($"/v1/jobs/{ids[0]}/cancel", "{}")).Status);
        await api.CreateAsync();
        Assert.Equal("409 open_jobs_quota", (await api.PostAsync("/v1/jobs", "{}")).Problem);
    }

    [Fact]
    public async Task A_repetition_is_told_of_its_job_although_there_is_no_room()
    {
        var api = _gateway.NewCaller();
        var first = await api.PostAsync("/v1/jobs", "{}", ("Idempotency-Key", "once"));
        await api.CreateAsync();
        await api.CreateAsync();

        var again = await api.PostAsync("/v1/jobs", "{}", ("Idempotency-Key", "once"));

        Assert.Equal((200, first.Body.GetProperty("id").GetString()), (again.Status, again.Body.GetProperty("id").GetString()));
        Assert.Equal("409 open_jobs_quota", (await api.PostAsync("/v1/jobs", "{}", ("Idempotency-Key", "twice"))).Problem);
    }

    [Fact]
    public async Task Of_many_at_once_there_are_as_many_made_as_there_is_room_for()
    {
        var api = _gateway.NewCaller();
        await api.CreateAsync();

        var bulk = await api.PostAsync("/v1/jobs/bulk", """{"jobs":[{},{"status":"x"},{},{},{}]}""");

        int[] statuses = [.. bulk.Body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetInt32())];
        Assert.Equal([201, 201, 409, 409, 422], statuses.Order());
        Assert.Equal("409 open_jobs_quota", (await api.PostAsync("/v1/jobs", "{}")).Problem);
    }

    [Fact]
    public async Task Those_who_come_together_make_no_more_than_may_be()
    {
        var api = _gateway.NewCaller();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.PostAsync("/v1/jobs", "{}")));

        Assert.InRange(answers.Count(answer => answer.Status == 201), 1, 3);
        Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[201, 409]));
        var stats = await api.GetAsync("/v1/jobs/stats");
        Assert.InRange(stats.Body.GetProperty("by_status").GetProperty("created").GetInt64(), 1, 3);
    }
}
