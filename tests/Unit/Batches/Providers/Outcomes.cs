using System.Text;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Tests.Unit.Batches.Providers;

/// <summary>An outcome on one line, so that a table of them can be read.</summary>
internal static class Outcomes
{
    public static string Show(ResultParser parse, string line)
    {
        var (customId, outcome) = parse(Encoding.UTF8.GetBytes(line));
        return $"{customId} {Show(outcome)}";
    }

    public static string Show(ItemOutcome outcome) => string.Join(' ', new[]
    {
        outcome.Status.ToString(),
        outcome.HttpStatus?.ToString(),
        outcome.Error?.Type,
        outcome.Error?.Code,
        outcome.Error?.Message,
        outcome.Error is { Retryable: true } ? "retryable" : null,
        outcome.Usage is { } usage ? $"usage={usage}" : null,
    }.OfType<string>());
}
