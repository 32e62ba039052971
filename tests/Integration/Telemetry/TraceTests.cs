using System.Diagnostics;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Telemetry;

public sealed class TraceTests(TracedHost host) : IClassFixture<TracedHost>
{
    private const string CallersSpan = "00f067aa0ba902b7";

    private readonly ApiClient _api = host.Batches.Gateway.NewCaller();

    [Fact]
    public async Task One_trace_leads_from_the_request_over_grain_and_commit_to_every_attempt_of_the_callback()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        await using var receiver = await TestReceiver.StartAsync();
        receiver.Answer = request => TestAnswer.Status(receiver.Count == 1 ? 503 : 204);
        var id = await _api.CreateAsync($$"""{"status":"running","callback_url":"{{receiver.Url("/hook?token=secret")}}"}""");

        var answer = (await _api.PatchAsync(
            $"/v1/jobs/{id}", """{"status":"completed"}""", ("traceparent", $"00-{trace}-{CallersSpan}-01"))).Ok();

        Assert.Equal(trace, answer.Header("X-Request-Id"));
        await receiver.NextAsync();
        await receiver.NextAsync();
        await Until.TrueAsync(() => Task.FromResult(Of(trace).Count(span => span.DisplayName == "callback attempt") == 2));

        var spans = Of(trace);
        var request = Assert.Single(spans, span => span.Source.Name == "Microsoft.AspNetCore");
        Assert.Equal((ActivityKind.Server, CallersSpan), (request.Kind, request.ParentSpanId.ToHexString()));
        var write = spans.First(span => span.DisplayName == "write");
        Assert.Equal(id, write.GetTagItem("jobtracker.job.id"));
        Assert.Contains(Above(write, spans), span => span.Source.Name == "Microsoft.Orleans.Application"
            && span.Kind is ActivityKind.Server);
        Assert.Contains(request, Above(write, spans));

        var commit = Assert.Single(spans, span => span.DisplayName == "commit" && span.ParentSpanId == write.SpanId);
        Assert.Equal(commit.SpanId, Assert.Single(write.Links).Context.SpanId);
        Assert.Equal(1, commit.GetTagItem("jobtracker.storage.commit.rows"));

        var attempts = spans.Where(span => span.DisplayName == "callback attempt").ToList();
        Assert.All(attempts, attempt =>
        {
            Assert.Equal((ActivityKind.Client, id), (attempt.Kind, attempt.GetTagItem("jobtracker.job.id")));
            var change = Assert.Single(attempt.Links).Context.SpanId;
            Assert.Contains(change, Above(write, spans).Select(span => span.SpanId));
        });
        Assert.Equal([503, 204], attempts.Select(attempt => attempt.GetTagItem("http.response.status_code")));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], attempts.Select(attempt => attempt.Status));
        Assert.DoesNotContain("secret", string.Join(' ', spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value)));
    }

    /// <summary>Else each of its calls would be drawn once more, and a trace would be found that no request stands above.</summary>
    [Fact]
    public async Task Nothing_is_recorded_below_a_request_that_is_not()
    {
        var unrecorded = ("traceparent", $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{CallersSpan}-00");
        var id = (await _api.PostAsync("/v1/jobs", """{"status":"running"}""", unrecorded)).Created().Text("id")!;
        (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""", unrecorded)).Ok();

        Assert.Empty(Naming(id));
    }

    [Fact]
    public async Task A_call_that_nobody_traces_begins_no_trace()
    {
        var (grains, id) = (host.Batches.Gateway.Services.GetRequiredService<IGrainFactory>(), JobId.New(TimeProvider.System));
        Activity.Current = null;
        Assert.IsType<JobOutcome.Accepted>(await grains.CreateNewJobAsync(id, new Caller("org-untraced", "user-1"), new CreateJob()));

        Assert.Empty(Naming(id.ToString()));
    }

    [Fact]
    public async Task A_receiver_is_told_no_trace()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var id = await _api.CreateAsync($$"""{"status":"running","callback_url":"{{receiver.Url()}}"}""");
        (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""")).Ok();

        var request = await receiver.NextAsync();

        Assert.DoesNotContain("traceparent", request.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Health_checks_are_no_part_of_a_trace()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();

        (await _api.GetAsync("/healthz/live", ("traceparent", $"00-{trace}-{CallersSpan}-01"))).Ok();

        Assert.Empty(Of(trace));
    }

    /// <summary>All that say anything of a job.</summary>
    private List<Activity> Naming(string id) =>
        [.. host.Spans.Where(span => span.TagObjects.Any(tag => tag.Value is string text && text.Contains(id, StringComparison.Ordinal)))];

    private List<Activity> Of(string trace) => [.. host.Spans.Where(span => span.TraceId.ToHexString() == trace)];

    /// <summary>The spans that a span stands below.</summary>
    private static List<Activity> Above(Activity span, List<Activity> spans)
    {
        List<Activity> above = [];
        for (var at = ParentOf(span); at is not null; at = ParentOf(at))
            above.Add(at);
        return above;

        Activity? ParentOf(Activity child) => spans.Find(one => one.SpanId == child.ParentSpanId);
    }
}
