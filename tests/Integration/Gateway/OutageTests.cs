using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>The database goes away and comes back under a gateway that stays.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private readonly GatewayHost _host = new(("Storage:QueueTime", "00:00:01.500"));
    private ApiClient _api = null!;

    public async ValueTask InitializeAsync()
    {
        _host.Log.Expect("JobTracker.", "the database is away");
        await _host.InitializeAsync();
        _api = _host.NewCaller();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_database_that_is_down_is_a_503_that_says_when_to_come_back()
    {
        var id = await _api.CreateAsync();
        _host.Faults.Otherwise = PlannedFault.NotSent;
        Answer[] answers =
        [
            await _api.PostAsync("/v1/jobs", "{}"),
            await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}"""),
            await _api.GetAsync("/v1/jobs"),
            await _api.GetAsync("/v1/jobs/stats"),
            await _api.GetAsync("/v1/jobs/job-01890a5d-ac96-774b-bcce-b302099a8057"),
        ];

        Assert.All(answers, answer => Assert.Equal(("503 storage_unavailable", "2"), (answer.Problem, answer.Header("Retry-After"))));
        Assert.Equal("created", (await _api.GetAsync($"/v1/jobs/{id}")).Ok().Text("status"));
        (await _api.GetAsync("/healthz/live")).Ok();
        (await _api.GetAsync("/healthz/ready")).Ok();

        _host.Faults.Otherwise = PlannedFault.None;
        Assert.Equal("pending", (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}""")).Ok().Text("status"));
        Assert.Equal([id], (await _api.GetAsync("/v1/jobs")).Ok().Ids);
    }

    [Fact]
    public async Task A_lost_answer_names_the_job_that_tells()
    {
        _host.Faults.OtherwiseOfWrites = PlannedFault.LostAfter;
        var lost = await _api.PostAsync("/v1/jobs", """{"job_type":"run"}""");
        _host.Faults.OtherwiseOfWrites = null;

        Assert.Equal(("503 outcome_unknown", "1"), (lost.Problem, lost.Header("Retry-After")));
        Assert.Equal("run", (await _api.GetAsync($"/v1/jobs/{lost.Text("job_id")}")).Ok().Text("job_type"));
    }
}
