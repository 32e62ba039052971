using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>What must have come out of a life: the promises, in a page. It shares no code with the product.</summary>
internal static class LifeModel
{
    private static readonly string[] Statuses = ["completed", "failed", "cancelled", "expired"];

    /// <param name="mayBeUnclear">The account had another batch in the making that a lost create of this one may be taken for.</param>
    public static IEnumerable<string> Breaches(Life life, LifeEnd end, bool mayBeUnclear)
    {
        if (end.AtProvider.Count > 1)
            yield return $"made {end.AtProvider.Count} times at the provider";
        if (end.Phase != "done")
        {
            var why = end.Batch.GetProperty("last_poll_error").GetString();
            if (!end.Batch.GetProperty("needs_attention").GetBoolean())
                yield return $"neither over nor in need of attention, but {end.Phase}: {why}";
            else if (string.IsNullOrWhiteSpace(why))
                yield return "needs attention without a reason";
            else if (!mayBeUnclear)
                yield return $"needs attention, and nothing in its life explains it: {why}";
            yield break;
        }

        var there = end.AtProvider is [var made, ..] ? made : null;
        if (there is null && life.Ending is not LifeEnding.CancelledByUser)
            yield return "is over and was never made at the provider";
        if (there is not null && end.Batch.GetProperty("provider_batch_id").GetString() != there.Id)
            yield return "follows another batch than its own";
        foreach (var breach in Items(life, end, there).Concat(Whole(end, there)).Concat(Jobs(end)).Concat(Results(life, end, there)))
            yield return breach;
    }

    /// <summary>Every item that the provider finished has its outcome, and no item has another one.</summary>
    private static IEnumerable<string> Items(Life life, LifeEnd end, ProviderBatch? there)
    {
        var items = end.Items.ToDictionary(item => item.GetProperty("custom_id").GetString()!);
        if (items.Count != life.Items)
            yield return $"has {items.Count} items instead of {life.Items}";
        var mayHide = end.Journal.Count(entry => FaultDraw.HidesAnOutcome(entry.Route, entry.Fault));
        for (var index = 0; index < life.Items; index++)
        {
            if (!items.TryGetValue(Life.CustomId(index), out var item))
                yield return $"lacks {Life.CustomId(index)}";
            else if (Word(item) != Expected(there, index) && !(ErrorType(item) == "unrecognized" && --mayHide >= 0))
                yield return $"{Life.CustomId(index)} is {Word(item)} ({ErrorType(item)}) instead of {Expected(there, index)}";
            else if (Word(item) == "failed" && ErrorType(item) is null)
                yield return $"{Life.CustomId(index)} failed without a reason";
        }
        foreach (var status in Statuses)
        {
            var counted = end.Items.Count(item => Word(item) == status);
            if (end.Count(status) != counted)
                yield return $"counts {end.Count(status)} {status} and has {counted}";
        }
        if ((end.Count("total"), end.Count("pending")) != (life.Items, 0))
            yield return "counts items that it has not, or as pending";
    }

    /// <summary>What was never made was cancelled before; what was refused as a whole has no items at the provider.</summary>
    private static string Expected(ProviderBatch? there, int index) => there?.Progress.Ending switch
    {
        null => "cancelled",
        BatchEnding.Failed => "failed",
        var ending => there.OutcomeOf(index) switch
        {
            ItemOutcome.Succeeded => "completed",
            ItemOutcome.Errored => "failed",
            ItemOutcome.Canceled => "cancelled",
            ItemOutcome.Expired => "expired",
            _ => WithoutLine(there, ending),
        },
    };

    /// <summary>As the batch ended, which at Anthropic its counts alone tell.</summary>
    private static string WithoutLine(
        ProviderBatch there, BatchEnding? ending) => (there.Order.Dialect, ending, there.CountOutcomes()) switch
        {
            (Dialect.Anthropic, _, { Canceled: > 0 }) or (Dialect.OpenAi, BatchEnding.Canceled, _) => "cancelled",
            (Dialect.Anthropic, _, { Expired: > 0 }) or (Dialect.OpenAi, BatchEnding.Expired, _) => "expired",
            _ => "failed",
        };

    /// <summary>Terminal, and by what really happened.</summary>
    private static IEnumerable<string> Whole(LifeEnd end, ProviderBatch? there)
    {
        var (completed, cancelled, expired) = (end.Count("completed"), end.Count("cancelled"), end.Count("expired"));
        var asTheyEnded = cancelled > 0 ? "cancelled" : expired > 0 ? "expired" : completed > 0 ? "completed" : "failed";
        var expected = (there?.Order.Dialect, there?.Progress.Ending) switch
        {
            (null, _) => "cancelled",
            (Dialect.Anthropic, _) => asTheyEnded,
            (_, BatchEnding.Canceled) => "cancelled",
            (_, BatchEnding.Expired) => "expired",
            (_, BatchEnding.Completed) when completed > 0 => "completed",
            _ => "failed",
        };
        if (end.Status != expected)
            yield return $"is {end.Status} instead of {expected}";
        var isPartial = completed > 0 && (completed < end.Count("total") || end.Status is "cancelled" or "expired");
        if (end.Batch.GetProperty("has_partial_results").GetBoolean() != isPartial)
            yield return "is wrong about partial results";
    }

    /// <summary>Every job was told: the batch's own, and those of items.</summary>
    private static IEnumerable<string> Jobs(LifeEnd end)
    {
        if (Word(end.Job) != end.Status)
            yield return $"its job is {Word(end.Job)}";
        if (!JsonElement.DeepEquals(end.Job.GetProperty("metadata").GetProperty("counts"), end.Batch.GetProperty("counts")))
            yield return "its job has other counts";
        if (end.Status == "failed" && end.Job.GetProperty("error").ValueKind is JsonValueKind.Null)
            yield return "its job failed without a reason";
        foreach (var (job, item) in end.LinkedJobs.Zip(
            end.Items.OrderBy(item => item.GetProperty("custom_id").GetString(), StringComparer.Ordinal)))
        {
            if (Word(job) != Word(item))
                yield return $"the job of {item.GetProperty("custom_id")} is {Word(job)}, the item {Word(item)}";
        }
    }

    /// <summary>What was paid for can be read, once, and is the life's own.</summary>
    private static IEnumerable<string> Results(Life life, LifeEnd end, ProviderBatch? there)
    {
        var lines = end.Results.CountBy(line => line.GetProperty("custom_id").GetString()!).ToDictionary();
        foreach (var twice in lines.Where(line => line.Value > 1))
            yield return $"hands out {twice.Value} lines of {twice.Key}";
        foreach (var index in Enumerable.Range(0, there is { Progress.Ending: not BatchEnding.Failed } ? life.Items : 0))
        {
            if (there!.OutcomeOf(index) is ItemOutcome.Succeeded or ItemOutcome.Errored && !lines.ContainsKey(Life.CustomId(index)))
                yield return $"does not hand out the line of {Life.CustomId(index)}";
        }
        foreach (var line in end.Results.Where(line => line.GetRawText() is var text && text.Contains("\"life-", StringComparison.Ordinal)
            && !text.Contains($"\"{life.Name}\"", StringComparison.Ordinal)))
            yield return $"hands out another's line: {line}";
    }

    private static string Word(JsonElement element) => element.GetProperty("status").GetString()!;

    private static string? ErrorType(JsonElement item) =>
        item.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("type").GetString() : null;
}
