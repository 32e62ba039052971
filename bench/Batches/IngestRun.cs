using System.Globalization;

namespace JobTracker.Bench.Batches;

/// <summary>
/// Submits one large batch, ends it at the provider, and times the reading of its results; the silo's memory is watched throughout.
/// </summary>
internal static class IngestRun
{
    private const int WarmUpItems = 2_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(BatchesHttp api, ProcessMemory memory, int items, int lineBytes)
    {
        // Everything was compiled once; what is idle is a silo that has worked before.
        await IngestAsync(api, await SubmitAsync(api, WarmUpItems, lineBytes), WarmUpItems);
        await Task.Delay(Rest, TimeProvider.System);
        var idle = memory.Now();

        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        var submission = SubmitAsync(api, items, lineBytes);
        var submissionPeak = await memory.PeakDuringAsync(submission);
        var submitted = clock.GetElapsedTime(began).TotalSeconds;

        began = clock.GetTimestamp();
        var peak = await memory.PeakDuringAsync(IngestAsync(api, await submission, items));
        var ingested = clock.GetElapsedTime(began).TotalSeconds;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{items} items, results of {items * (double)lineBytes / 1e6:0} MB"));
        Figures.Figure("batches_submit_time", submitted, "s");
        Figures.Figure("batches_ingest_time", ingested, "s");
        Figures.Figure("batches_ingest", items / ingested, "items/s");
        Figures.Figure("batches_idle_memory", idle, "MiB");
        Figures.Figure("batches_submit_memory_over_idle", submissionPeak - idle, "MiB");
        Figures.Figure("batches_ingest_memory_over_idle", peak - idle, "MiB");
    }

    private static async Task<string> SubmitAsync(BatchesHttp api, int items, int lineBytes)
    {
        const int Envelope = 300;
        var id = await api.SubmitAsync(items);
        var atProvider = (await api.UntilAsync(id, batch => batch.GetProperty("provider_batch_id").GetString() is not null))
            .GetProperty("provider_batch_id").GetString();
        await api.StandInAsync(HttpMethod.Put, $"batches/{atProvider}/padding", new { bytes = Math.Max(0, lineBytes - Envelope) });
        return id;
    }

    /// <summary>From the end at the provider, of which a refresh tells at once, to the batch's own.</summary>
    private static async Task IngestAsync(BatchesHttp api, string id, int items)
    {
        var atProvider = (await api.GetAsync($"/v1/batches/{id}")).GetProperty("provider_batch_id").GetString();
        await api.StandInAsync(HttpMethod.Post, $"batches/{atProvider}/end");
        await api.PostAsync($"/v1/batches/{id}/refresh");
        var ended = await api.UntilAsync(id, batch => batch.GetProperty("completed_at").GetString() is not null);
        if (ended.GetProperty("counts").GetProperty("completed").GetInt32() != items)
            throw new InvalidOperationException($"Not every item completed: {ended}");
    }
}
