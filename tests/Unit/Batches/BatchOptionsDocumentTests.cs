using System.Globalization;
using System.Text.RegularExpressions;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>docs/batches.md names every option of batches, with its default, and no other.</summary>
public sealed partial class BatchOptionsDocumentTests
{
    [Fact]
    public void The_document_has_every_option_with_its_default()
    {
        string[] expected = [
            .. Defaults("Batches", new BatchOptions()), .. Defaults(
                "Batches", new PollOptions()), .. Defaults("Batches:Providers:NAME", new BatchProviderOptions()),
            .. Defaults("Retention:Batches", new BatchRetentionOptions())];

        var rows = Row().Matches(File.ReadAllText(Repository.PathOf("docs", "batches.md")))
            .Select(row => $"{row.Groups["key"].Value} = {row.Groups["value"].Value}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Defaults<T>(string section, T options) =>
        typeof(T).GetProperties().Where(property => property.CanWrite)
        .Select(property => $"{section}:{property.Name} = {Text(property.GetValue(options))}");

    private static string Text(object? value) => value is null or "" ? "none" : string.Format(CultureInfo.InvariantCulture, "{0}", value);

    [GeneratedRegex(@"^\| (?<key>(Batches|Retention:Batches):\S+) \| (?<value>\S+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
