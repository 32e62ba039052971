using JobTracker.Batches;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Batches;

public sealed class BatchFingerprintTests
{
    private static readonly BeginBatch Head =
        new() { Provider = "p", Endpoint = "/e", Metadata = "{}", CallbackUrl = "u", CallbackEvents = [JobStatus.Failed] };
    private static readonly NewItem Item = new() { CustomId = "a", Params = "{}"u8.ToArray() };

    [Fact]
    public void The_same_create_has_the_same_one() =>
        Assert.Equal(Of(Head, Item), Of(Head with { Metadata = null }, Item with { Params = "{}"u8.ToArray() }));

    [Fact]
    public void The_order_of_events_does_not_count() => Assert.Equal(
        Of(Head with { CallbackEvents = [JobStatus.Failed, JobStatus.Expired] }, Item), Of(
            Head with { CallbackEvents = [JobStatus.Expired, JobStatus.Failed] }, Item));

    [Fact]
    public void Everything_else_counts()
    {
        string[] all =
        [
            Of(Head, Item), Of(Head), Of(Head, Item, Item), Of(Head with { Provider = "q" }, Item), Of(Head with { Endpoint = null }, Item),
            Of(Head with { Metadata = """{"a":1}""" }, Item), Of(Head with { CallbackUrl = "" }, Item),
            Of(Head with { CallbackUrl = null }, Item),
            Of(Head with { CallbackEvents = null }, Item), Of(
                Head, Item with { CustomId = "b" }), Of(Head, Item with { Params = "{ }"u8.ToArray() }),
            Of(Head, Item with { JobId = JobId.Parse("job-01890a5d-ac96-774b-bcce-b302099a8057") }),
            BatchFingerprint.Of(
                new AdoptBatch { Provider = "p", ProviderBatchId = "/e", CallbackUrl = "u", CallbackEvents = [JobStatus.Failed] }),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void An_adoption_has_one_too() => Assert.NotEqual(
        BatchFingerprint.Of(new AdoptBatch { Provider = "p", ProviderBatchId = "a" }), BatchFingerprint.Of(
            new AdoptBatch { Provider = "p", ProviderBatchId = "b" }));

    private static string Of(BeginBatch head, params NewItem[] items)
    {
        using var fingerprint = new BatchFingerprint(head);
        foreach (var item in items)
            fingerprint.Add(item);
        return fingerprint.Text();
    }
}
