namespace JobTracker.Tests.Integration.Gateway.Batches;

/// <summary>What a create is refused for, in both of its forms, and what it may be repeated with.</summary>
public sealed class BatchCreateTests(BatchHost host) : IClassFixture<BatchHost>
{
    private const string Head = """{"provider":"claude"}""";
    private readonly BatchCaller _caller = host.NewCaller();

    private ApiClient Api => _caller.Api;

    [Theory]
    [InlineData("""{"provider":"nobody","items":[@]}""", "422 unknown_provider", "$.provider")]
    [InlineData("""{"provider":"claude","endpoint":"/v1/x","items":[@]}""", "422 invalid_body", "$.endpoint")]
    [InlineData("""{"provider":"gpt","items":[@]}""", "422 invalid_body", "$.endpoint")]
    [InlineData("""{"provider":"claude","model":"m","items":[@]}""", "422 invalid_body", "$.model")]
    [InlineData("""{"provider":"claude","callback_url":"ftp://a.example","items":[@]}""", "422 invalid_body", "$.callback_url")]
    [InlineData("""{"provider":"claude","items":[]}""", "422 invalid_body", "$")]
    [InlineData("""{"provider":"claude"}""", "422 invalid_body", "$")]
    [InlineData("""{"items":[@]}""", "422 invalid_body", "$.provider")]
    [InlineData("""{"provider":"claude","items":[@,@]}""", "422 duplicate_custom_id", "$.items[1]")]
    [InlineData("""{"provider":"claude","items":[@,{"custom_id":"a b","params":{}}]}""", "422 invalid_body", "$.items[1]")]
    [InlineData("""{"provider":"claude","items":[{"custom_id":"b","params":{},"job_id":"job-1"}]}""", "422 invalid_body", "$.items[0].job_id")]
    public async Task A_bad_object_is_refused_by_its_place(string body, string problem, string place)
    {
        var answer = await Api.PostAsync("/v1/batches", body.Replace("@", BatchCaller.Item("a"), StringComparison.Ordinal));

        Assert.Equal((problem, place), (answer.Problem, answer.Body.GetProperty("errors")[0].GetProperty("name").GetString()));
        Assert.Empty((await Api.GetAsync("/v1/batches")).Ok().Ids);
    }

    [Theory]
    [InlineData("", "422 invalid_body", 1)]
    [InlineData(Head, "422 invalid_body", 1)]
    [InlineData(Head + "\n@\n{\"custom_id\":", "400 malformed_json", 3)]
    [InlineData(Head + "\n@\n\n@", "422 duplicate_custom_id", 4)]
    [InlineData(Head + "\n{\"custom_id\":\"a b\",\"params\":{}}", "422 invalid_body", 2)]
    [InlineData(Head + "\n{\"custom_id\":\"a\",\"params\":7}", "422 invalid_body", 2)]
    [InlineData("""{"provider":"claude","items":[]}""" + "\n@", "422 invalid_body", 1)]
    public async Task Bad_lines_are_refused_by_their_number(string lines, string problem, long line)
    {
        var answer = await Api.PostLinesAsync("/v1/batches", lines.Replace("@", BatchCaller.Item("a"), StringComparison.Ordinal));

        Assert.Equal((problem, line), (answer.Problem, answer.Body.GetProperty("line").GetInt64()));
        Assert.Empty((await Api.GetAsync("/v1/batches")).Ok().Ids);
    }

    [Fact]
    public async Task A_broken_line_is_named_once()
    {
        var answer = await Api.PostLinesAsync("/v1/batches", $"{Head}\n{BatchCaller.Item("a")}\n{{\"custom_id\":\"b\",\"params\":{{]}}}}");

        var detail = answer.Text("detail");
        Assert.Equal(("400 malformed_json", 3), (answer.Problem, answer.Body.GetProperty("line").GetInt64()));
        Assert.StartsWith("line 3: ", detail, StringComparison.Ordinal);
        Assert.Equal(1, detail.Split("line", StringSplitOptions.None).Length - 1);
    }

    [Theory]
    [InlineData("中", 40_000 / 3, 202)]
    [InlineData("😀", 40_000 / 4, 202)]
    [InlineData("中", 70_000 / 3, 422)]
    public async Task Metadata_of_any_script_count_in_bytes_as_they_are_sent(string character, int characters, int status)
    {
        var metadata = $$"""{"name":"{{string.Concat(Enumerable.Repeat(character, characters))}}"}""";

        var made = await Api.PostAsync(
            "/v1/batches", $$"""{"provider":"claude","metadata":{{metadata}},"items":[{{BatchCaller.Items("a")}}]}""");

        Assert.True(made.Status == status, made.ToString());
        if (status == 202)
            Assert.Equal(metadata, made.Body.GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task A_refused_head_of_lines_is_told_by_its_field() =>
        Assert.Equal(
            "422 unknown_provider", (await Api.PostLinesAsync("/v1/batches", BatchCaller.Lines("""{"provider":"nobody"}""", "a"))).Problem);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task Another_media_type_is_refused(string type) =>
        Assert.Equal(
            415, await Api.StatusOfAsync(HttpMethod.Post, "/v1/batches", new StringContent("{}", System.Text.Encoding.UTF8, type)));

    [Fact]
    public async Task One_key_makes_one_batch_in_whatever_form_it_is_sent_again()
    {
        var key = ("Idempotency-Key", "k");
        var first = BatchCaller.Accepted(await Api.PostAsync("/v1/batches", BatchCaller.Object("a", "b"), key));
        var again = (await Api.PostAsync("/v1/batches", BatchCaller.Object("a", "b"), key)).Ok();
        var asLines = (await Api.PostLinesAsync("/v1/batches", BatchCaller.Lines(Head, "a", "b"), key)).Ok();

        Assert.Equal([first.Text("id"), first.Text("id")], [again.Text("id"), asLines.Text("id")]);
        Assert.Equal(
            ("true", $"/v1/batches/{first.Text("id")}"), (again.Header("Idempotent-Replayed"), again.Headers.Location!.OriginalString));
        Assert.Equal("422 idempotency_key_reused", (await Api.PostAsync("/v1/batches", BatchCaller.Object("a", "c"), key)).Problem);
        Assert.Equal([first.Text("id")], (await Api.GetAsync("/v1/batches")).Ok().Ids);
        Assert.NotEqual(first.Text(
            "id"), BatchCaller.Accepted(await host.NewCaller().Api.PostAsync("/v1/batches", BatchCaller.Object("z"), key)).Text("id"));
    }

    [Fact]
    public async Task A_key_is_checked_before_the_body_is_read() =>
        Assert.Equal(
            "422 invalid_header", (await Api.PostLinesAsync("/v1/batches", "nothing", ("Idempotency-Key", new string('k', 256)))).Problem);
}
