using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Tests.Integration.Batches;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage.Before;

/// <summary>What a version of before stored is read as it meant it, by the stores and through the grains.</summary>
public abstract class RowsOfBeforeTests(bool onPostgres) : IAsyncLifetime
{
    private const long PageBytes = 1 << 20;
    private static readonly Caller Owner = new("org-before", "alice");
    private static readonly ItemQuery Items = new() { Limit = 100 };

    private readonly string _engine = onPostgres ? "postgres" : "sqlite";
    private BatchCluster _cluster = null!;

    private JobDatabase Database => _cluster.Jobs.Database;

    public async ValueTask InitializeAsync()
    {
        _cluster = await BatchCluster.StartAsync(onPostgres);
        await RowsOfBefore.LoadAsync(Database, _engine);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _cluster.DisposeAsync();
    }

    [Fact]
    public async Task What_an_earlier_version_stored_is_read_by_the_stores()
    {
        foreach (var (id, before) in Views("jobs"))
        {
            var job = (await Database.ReadAsync(JobId.Parse(id)))!;
            Same(before["job"], job.Snapshot);
            Same(before["due_at"], job.DueAt);
            Same(before["idempotency_key"], job.IdempotencyKey);
            Same(before["fingerprint"], job.Fingerprint);
            Same(before["batch_id"], job.BatchId?.ToString());
            Same(before["callback_log"], job.CallbackLog);
        }

        foreach (var (id, before) in Views("batches"))
            Same(before, (await Database.Batches.ReadAsync(BatchId.Parse(id), default))!.Snapshot);
        foreach (var (id, before) in Views("items"))
            Same(before, (await Database.Batches.ListItemsAsync(BatchId.Parse(id), Items, PageBytes, default)).Items);
    }

    [Fact]
    public async Task What_an_earlier_version_stored_is_shown_by_the_grains()
    {
        foreach (var (id, before) in Views("jobs"))
            Same(before["job"], (await _cluster.Jobs.Job(JobId.Parse(id)).GetAsync(Owner))! with { Next = null });
        foreach (var (id, before) in Views("batches").Where(batch => batch.View["Phase"]!.GetValue<int>() != (int)BatchPhase.Receiving))
            Same(before, await _cluster.Batch(BatchId.Parse(id)).GetAsync(Owner));
        foreach (var (id, before) in Views("items"))
            Same(before, (await _cluster.Batch(BatchId.Parse(id)).ListItemsAsync(Owner, Items))!.Items);
    }

    /// <summary>Whatever the form in which a batch is kept now, and wherever in it: by its name.</summary>
    [Fact]
    public async Task Every_fact_of_a_batch_outlives_the_next_write_of_it()
    {
        foreach (var row in RowsOfBefore.Rows("sqlite")["batches"]!.AsArray())
        {
            var id = new BatchId(Guid.Parse(row!["id"]!.GetValue<string>()));
            var batch = (await Database.Batches.ReadAsync(id, default))!;
            var version = batch.Snapshot.Version;
            await Database.Batches.UpdateAsync(
                batch with { Snapshot = batch.Snapshot with { Version = version + 1 } }, version, default);

            var stored = (string)(await Database.QueryAsync($"select state from batches where id = '{id.Value}'"))[0][0];
            var now = JsonNode.Parse(stored)!.AsObject();
            foreach (var (name, fact) in JsonNode.Parse(row["state"]!.GetValue<string>())!.AsObject().Where(fact => fact.Key != "snapshot"))
                Assert.True(JsonNode.DeepEquals(fact, Find(now, name)), $"{id}: {name} was {fact}, is {Find(now, name)}");
        }
    }

    [Fact]
    public async Task Requests_results_and_lines_set_aside_are_still_there()
    {
        var (once, again) = (BatchOf(9), BatchOf(10));
        var requests = await Database.Batches.ReadSubmissionAsync(again, attempt: 2, after: -1, limit: 9, maxBytes: 9_999, default);
        var quarantine = await Database.Batches.ReadQuarantineAsync(once, default, limit: 9, default);
        var owed = await Database.Batches.ReadOwedJobsAsync(once, after: null, limit: 9, default);

        Assert.Equal([(1L, "b", """{"n":1}""")], requests.Select(request =>
            (request.Position, request.CustomId, Encoding.UTF8.GetString(request.Params))));
        Assert.Equal("""{"custom_id":"a"}""" + "\n", Encoding.UTF8.GetString(
            (await Database.Batches.ReadResultsAsync(again, after: null, maxBytes: 9_999, default)).Lines));
        Assert.Equal(2, quarantine.Lines.Length);
        Assert.Equal(["a", "b"], owed.Select(job => job.CustomId));
        Assert.Equal(
            await Database.RecountAsync(Owner.OrganizationId), await Database.CountsAsync(Owner.OrganizationId));
    }

    private static BatchId BatchOf(int number) => BatchId.Parse(Views("batches").ElementAt(number - 1).Id);

    private static IEnumerable<(string Id, JsonNode View)> Views(string kind) =>
        RowsOfBefore.Views[kind]!.AsObject().Select(view => (view.Key, view.Value!));

    private static JsonNode? Find(JsonObject batch, string name) => batch[name]
        ?? batch.Select(part => part.Value).OfType<JsonObject>().Select(part => part[name]).FirstOrDefault(found => found is not null);

    /// <summary>What a later version added is nothing that the earlier one stored.</summary>
    private static void Same<T>(JsonNode? before, T now)
    {
        var read = JsonSerializer.SerializeToNode(now);
        if (before is JsonObject known && read is JsonObject whole)
        {
            foreach (var added in whole.Select(member => member.Key).Where(name => !known.ContainsKey(name)).ToList())
                whole.Remove(added);
        }
        Assert.Equal(before?.ToJsonString(), read?.ToJsonString());
    }
}

public sealed class PostgresRowsOfBeforeTests() : RowsOfBeforeTests(onPostgres: true);

public sealed class SqliteRowsOfBeforeTests() : RowsOfBeforeTests(onPostgres: false);
