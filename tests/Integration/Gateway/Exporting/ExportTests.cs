using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Exporting;

/// <summary>Every job of a filter, as lines and as a table.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private const int PageBytes = 1 << 14;

    private readonly GatewayHost _host = new(("Limits:PageBytes", "16384"));

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("", false)]
    [InlineData("order=asc", true)]
    [InlineData("status=created&source_id=s&order=asc", true)]
    public async Task Every_job_of_the_filter_is_a_line_as_its_read_shows_it_and_the_last_line_counts_them(string filter, bool isAscending)
    {
        var api = _host.NewCaller();
        var ids = await FilledAsync(api, 9);
        await api.CreateAsync("""{"status":"running","metadata":{"source_id":"s"}}""");
        if (!filter.Contains("status", StringComparison.Ordinal))
            ids.Add((await api.GetAsync("/v1/jobs?status=running")).Ids.Single());
        if (!isAscending)
            ids.Reverse();

        var export = (await api.GetAsync($"/v1/jobs/export?{filter}")).Ok();
        var lines = export.Raw.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("application/jsonl", export.ContentType);
        Assert.Equal(ids, lines[..^1].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!));
        Assert.Equal($$"""{"end":true,"count":{{ids.Count}} }""".Replace(" ", "", StringComparison.Ordinal), lines[^1]);
        Assert.Equal((await api.GetAsync($"/v1/jobs/{ids[^1]}")).Raw, lines[^2]);
    }

    [Fact]
    public async Task One_that_broke_off_goes_on_behind_its_last_job()
    {
        var api = _host.NewCaller();
        var ids = await FilledAsync(api, 7);

        var rest = (await api.GetAsync($"/v1/jobs/export?order=asc&after={ids[2]}")).Ok().Raw.Split('\n');
        Assert.Equal(ids[3..], rest[..^2].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!));
        Assert.Equal("""{"end":true,"count":4}""", rest[^2]);
    }

    [Fact]
    public async Task Filters_that_exclude_each_other_and_an_empty_organization_export_nothing_but_the_end()
    {
        var api = _host.NewCaller();

        Assert.Equal("""{"end":true,"count":0}""" + "\n", (await api.GetAsync("/v1/jobs/export")).Ok().Raw);
        Assert.Equal(
            """{"end":true,"count":0}""" + "\n", (await api.GetAsync("/v1/jobs/export?active=true&status=failed")).Ok().Raw);
    }

    [Fact]
    public async Task A_table_has_a_row_a_job_and_no_cell_that_a_spreadsheet_takes_for_a_formula()
    {
        var api = _host.Caller("org-csv", user: "=cmd|' /C calc'!A0");
        var id = await api.CreateAsync("""{"metadata":{"note":"a, \"b\"\r\n=c"},"callback_url":"https://example.com/a,b"}""");
        await api.PatchAsync($"/v1/jobs/{id}", """{"status":"pending"}""");

        var export = (await api.GetAsync("/v1/jobs/export?format=csv")).Ok();
        Assert.Equal("text/csv", export.ContentType);
        Assert.EndsWith("\r\n", export.Raw);
        var rows = Csv.Read(export.Raw);
        var job = (await api.GetAsync($"/v1/jobs/{id}")).Ok().Body.EnumerateObject().ToArray();
        Assert.Equal(job.Select(field => field.Name), rows[0]);
        Assert.Equal(job.Select(Cell), rows[1]);
        Assert.Equal(2, rows.Count);
        Assert.Contains("'=cmd|' /C calc'!A0", rows[1]);
    }

    [Fact]
    public async Task An_export_whose_rest_cannot_be_read_is_cut_off_and_has_no_end()
    {
        var api = _host.NewCaller();
        await FilledAsync(api, 9);
        var first = _host.Faults.Hold();
        var opened = api.OpenAsync("/v1/jobs/export");
        await first.Reached.Soon();
        _host.Faults.Otherwise = PlannedFault.NotSent;
        first.Open();

        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            // What breaks off the rest may overtake the head of the answer.
            using var answer = await opened;
            Assert.Equal(200, (int)answer.StatusCode);
            await answer.Content.ReadAsStringAsync().Soon();
        });
        _host.Faults.Recover();
        // The gateway is done with the one that broke off a moment after its caller has heard of it.
        Answer whole;
        do
            whole = await api.GetAsync("/v1/jobs/export");
        while (whole.Status == 429);
        Assert.EndsWith("\"count\":9}\n", whole.Ok().Raw);
    }

    [Fact]
    public async Task An_organization_has_one_export_at_a_time_and_another_does_not_wait_for_it()
    {
        var (mine, other) = (_host.NewCaller(), _host.NewCaller());
        await FilledAsync(mine, 9);
        var held = _host.Faults.Hold();
        var first = mine.GetAsync("/v1/jobs/export");
        await held.Reached.Soon();

        Assert.Equal("429 too_many_exports", (await mine.GetAsync("/v1/jobs/export")).Problem);
        (await other.GetAsync("/v1/jobs/export")).Ok();
        held.Open();
        Assert.EndsWith("\"count\":9}\n", (await first).Ok().Raw);
        (await mine.GetAsync("/v1/jobs/export")).Ok();
    }

    [Fact]
    public async Task What_a_list_would_refuse_is_refused_before_anything_is_sent()
    {
        var api = _host.NewCaller();

        Assert.Equal("422 invalid_parameter", (await api.GetAsync("/v1/jobs/export?format=xml")).Problem);
        Assert.Equal("422 invalid_parameter", (await api.GetAsync("/v1/jobs/export?status=done")).Problem);
        Assert.Equal("422 invalid_parameter", (await api.GetAsync("/v1/jobs/export?limit=3")).Problem);
        Assert.Equal("403 insufficient_scope", (await api.GetAsync("/v1/jobs/export?organization_id=other")).Problem);
    }

    [Fact]
    public async Task Metadata_with_line_breaks_of_a_dotnet_client_stay_one_line()
    {
        var api = _host.Caller("org-lines");
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        await grains.CreateNewJobAsync(
            JobId.New(TimeProvider.System), new Caller("org-lines", "u"), new CreateJob { Metadata = "{\r\n  \"a\": \"b\\n\"\r\n}" });

        var lines = (await api.GetAsync("/v1/jobs/export")).Ok().Raw.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal("b\n", JsonDocument.Parse(lines[0]).RootElement.GetProperty("metadata").GetProperty("a").GetString());
    }

    private static string Cell(JsonProperty field)
    {
        var text = field.Value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => field.Value.GetString()!,
            _ => field.Value.GetRawText(),
        };
        return text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
    }

    /// <summary>Pages of two jobs, by their bytes.</summary>
    private static async Task<List<string>> FilledAsync(ApiClient api, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add(await api.CreateAsync($$"""{"metadata":{"source_id":"s","filler":"{{new string('x', PageBytes / 3)}}"} }"""));
        return ids;
    }
}
