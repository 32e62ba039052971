using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>Leads one life from its create to its end: as the caller, and as the provider.</summary>
internal sealed class LifeRun(Life life, Episode episode, Account account, LivesApi api, ProviderStandIn provider)
{
    /// <summary>A provider works on, whether it is asked or not.</summary>
    private static readonly TimeSpan ProviderPatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>What stays unclear for so long stays so.</summary>
    private static readonly TimeSpan UnclearPatience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<ProviderBatch> _atProvider = [];
    private readonly TaskCompletionSource<ProviderBatch> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The provider has carried out a create of this life.</summary>
    public void Made(ProviderBatch batch)
    {
        life.Prepare(batch);
        _atProvider.Enqueue(batch);
        if (!_made.TrySetResult(batch))
            batch.End(); // one too many, as the model will say
    }

    public async Task<LifeEnd> LeadAsync()
    {
        var (began, since) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
        string[] linked = await Task.WhenAll(Enumerable.Range(0, life.Linked).Select(CreateLinkedJobAsync));
        var id = Text(await api.AskAsync(HttpMethod.Post, "/v1/batches", Order(linked), life.Name), "id");

        using var over = new CancellationTokenSource();
        var played = PlayAsync(id, over.Token);
        var batch = await WhenOverAsync(id);
        await over.CancelAsync();
        await played;

        var isOver = Text(batch, "phase") == "done";
        return new LifeEnd(
            batch,
            [.. (await api.AskAsync(HttpMethod.Get, $"/v1/batches/{id}/items?limit=1000")).EnumerateArray()],
            isOver ? await ReadResultsAsync(id) : [],
            await ReadJobAsync(Text(batch, "job_id")),
            await Task.WhenAll(linked.Select(ReadJobAsync)),
            [.. _atProvider],
            [.. provider.Journal.Entries.Where(entry => entry.ApiKey == account.Key && entry.At >= since)],
            TimeProvider.System.GetElapsedTime(began));
    }

    private object Order(string[] linked) => life.Dialect is Dialect.Anthropic
        ? new { provider = account.Name, items = life.Requests(linked) }
        : new { provider = account.Name, endpoint = "/v1/chat/completions", items = life.Requests(linked) };

    /// <summary>The provider's part, and the user's where it is the user who ends it.</summary>
    private async Task PlayAsync(string id, CancellationToken over)
    {
        try
        {
            if (life is { Ending: LifeEnding.CancelledByUser, Polls: 0 })
                await CancelAsync(id);
            var there = await _made.Task.WaitAsync(over);
            await PolledAsync(there);
            if (life is { Ending: LifeEnding.CancelledByUser, Polls: > 0 })
                await CancelAsync(id);
            switch (life.Ending)
            {
                case LifeEnding.Completed:
                    there.End();
                    break;
                case LifeEnding.CancelledAtProvider:
                    there.EndCanceled();
                    break;
                case LifeEnding.Expired:
                    there.Expire();
                    break;
                case LifeEnding.CancelledByUser:
                    await EndsInTimeAsync(there, over);
                    break;
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The batch came to its end before.
        }
    }

    /// <summary>Whoever never hears of a cancel runs to the regular end.</summary>
    private static async Task EndsInTimeAsync(ProviderBatch there, CancellationToken over)
    {
        await Task.Delay(ProviderPatience * 2, TimeProvider.System, over);
        there.End();
    }

    /// <summary>So many status requests came, or none will.</summary>
    private async Task PolledAsync(ProviderBatch there)
    {
        var left = life.Polls;
        if (left == 0)
            return;
        using var patience = new CancellationTokenSource(ProviderPatience, TimeProvider.System);
        try
        {
            await provider.Journal.WhenAsync(
                entry => entry.Route is StandInRoute.AnthropicGet or StandInRoute.OpenAiGet
                    && entry.Path.EndsWith(there.Id, StringComparison.Ordinal) && --left == 0,
                patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Its create lost the answer, so nobody knows whom to ask about.
        }
    }

    /// <summary>It may have ended by then.</summary>
    private async Task CancelAsync(string id)
    {
        try
        {
            await api.AskAsync(HttpMethod.Post, $"/v1/batches/{id}/cancel");
        }
        catch (HttpRequestException ended) when (ended.StatusCode is HttpStatusCode.Conflict)
        {
            // Then it is.
        }
    }

    private async Task<JsonElement> WhenOverAsync(string id)
    {
        using var deadline = new CancellationTokenSource(Patience, TimeProvider.System);
        using var unclear = new CancellationTokenSource(UnclearPatience, TimeProvider.System);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (true)
        {
            var batch = await api.AskAsync(HttpMethod.Get, $"/v1/batches/{id}");
            if (Text(batch, "phase") == "done" || deadline.IsCancellationRequested)
                return batch;
            if (episode.MayBeUnclear && unclear.IsCancellationRequested && batch.GetProperty("needs_attention").GetBoolean())
                return batch;
            if (Text(batch, "phase") != "post_processing")
                await WaitForJobAsync(Text(batch, "job_id"));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task WaitForJobAsync(string id)
    {
        try
        {
            await api.AskAsync(HttpMethod.Get, $"/v1/jobs/{id}?wait=2&until=terminal");
        }
        catch (HttpRequestException early) when (early.StatusCode is HttpStatusCode.NotFound)
        {
            // A silo died between the batch and its job: the next one to work on the batch makes it.
        }
    }

    private async Task<string> CreateLinkedJobAsync(int index) =>
        Text(await api.AskAsync(HttpMethod.Post, "/v1/jobs", new { status = "pending" }, $"{life.Name}-{index}"), "id");

    private Task<JsonElement> ReadJobAsync(string id) => api.AskAsync(HttpMethod.Get, $"/v1/jobs/{id}");

    private async Task<IReadOnlyList<JsonElement>> ReadResultsAsync(string id)
    {
        var lines = await api.TextAsync(HttpMethod.Get, $"/v1/batches/{id}/results");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
