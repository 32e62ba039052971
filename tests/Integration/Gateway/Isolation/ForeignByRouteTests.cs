using System.Text.RegularExpressions;
using JobTracker.Gateway.OpenApi;

namespace JobTracker.Tests.Integration.Gateway.Isolation;

/// <summary>
/// Another organization's ids in every place of every endpoint that takes one: the answer, and what was read for it, is the same as with
/// ids of nothing.
/// </summary>
public sealed partial class ForeignByRouteTests(IsolationHost host) : IClassFixture<IsolationHost>
{
    private const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Parameters that name something and take any text: what it names.</summary>
    private static readonly Dictionary<string, string> TextOf = new(StringComparer.Ordinal)
    {
        ["organization_id"] = "<organization>",
        ["user_id"] = "<user>",
        ["source_id"] = "shared",
    };

    private readonly Named _missing = host.Foreign.Missing();

    [Fact]
    public async Task What_belongs_to_another_answers_as_what_is_not_there_and_costs_the_same_reads()
    {
        var before = await OwnedAsync();
        var faults = new List<string>();
        var probes = 0;
        foreach (var route in host.Routes.Where(IsProbed).OrderBy(route => route.Case.MakesBatch))
        {
            foreach (var probe in Probes(route))
            {
                probes++;
                if (await FaultAsync(route, probe) is { } fault)
                    faults.Add($"{route.Method} {probe.Path}: {fault}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
        Assert.True(probes > 80, $"{probes} probes");
        Assert.Equal(before, await OwnedAsync());
    }

    [Fact]
    public void Every_parameter_that_names_something_is_probed() => Assert.All(host.Routes.Where(IsProbed), route =>
        Assert.All(Query(route).Where(note => note.Name.EndsWith("_id", StringComparison.Ordinal)), note =>
            Assert.NotNull(ValueOf(route, note))));

    /// <summary>Whoever is admin is of all organizations; and what is open, or the same for all, belongs to none.</summary>
    private static bool IsProbed(Route route) => route.Case.Scope is not (null or "admin");

    private static IEnumerable<ParameterNote> Query(Route route) =>
        route.Metadata.GetOrderedMetadata<ParameterNote>().Where(note => !note.IsHeader);

    private static IEnumerable<Probe> Probes(Route route)
    {
        var notes = route.Metadata.GetOrderedMetadata<ParameterNote>();
        var path = route.Case.Id is { } kind ? route.Pattern.Replace("{id}", $"<{kind}>", StringComparison.Ordinal) : route.Pattern;
        path = path.Replace("{custom_id}", "a", StringComparison.Ordinal);
        if (route.Case.Id is not null || route.Case.Body is not null)
            yield return new Probe(path);
        if (notes.Any(note => note.Name == "wait"))
        {
            yield return new Probe($"{path}?wait=30&after_version=0");
            yield return new Probe($"{path}?wait=30&until=terminal");
        }

        foreach (var header in notes.Where(note => note.IsHeader))
            yield return new Probe(path, header.Name);
        foreach (var note in Query(route))
        {
            if (ValueOf(route, note) is { } value)
                yield return new Probe($"{path}?{note.Name}={value}");
        }
    }

    /// <summary>What is asked for by this parameter; null: it names nothing.</summary>
    private static string? ValueOf(Route route, ParameterNote note) => note.Schema.Pattern switch
    {
        Ids.JobPattern => "<job>",
        Ids.BatchPattern => "<batch>",
        Ids.OperationPattern => "<operation>",
        Ids.AuditPattern => "<audit>",
        Ids.KeyPattern => "<key>",
        null when note.Name == "after" && route.Case.Id == "batch" => "a",
        null => TextOf.GetValueOrDefault(note.Name),
        _ => throw new InvalidOperationException($"{route.Name}: {note.Name} is an id of a kind that has no probe."),
    };

    /// <summary>Null: the two say the same.</summary>
    private async Task<string?> FaultAsync(Route route, Probe probe)
    {
        var key = Guid.CreateVersion7().ToString();
        if (probe.Header == IdempotencyKey)
            await SendAsync(host.Owner, route, probe, host.Foreign, key);
        var (foreign, foreignReads) = await ProbeAsync(route, probe, host.Foreign, key);
        var (missing, missingReads) = await ProbeAsync(route, probe, _missing, Guid.CreateVersion7().ToString());
        Func<Answer, Named, string> text = route.Case.MakesBatch ? Comparison.OfMoving : Comparison.Of;
        var (told, wanted) = (text(foreign, host.Foreign), text(missing, _missing));
        if (told != wanted)
            return $"{told}\ninstead of\n{wanted}";
        if (route.Case.Id is { } kind && (foreign.Status != 404
            || (route.Method != HttpMethod.Head && foreign.Problem != $"404 {kind}_not_found")))
            return $"{foreign.Status} instead of 404";
        if (probe.Path.Contains("organization_id=", StringComparison.Ordinal) && foreign.Status != 403)
            return $"{foreign.Status} instead of 403";
        return foreignReads == missingReads || route.Case.AsksProvider ? null : $"read\n{foreignReads}\ninstead of\n{missingReads}";
    }

    private async Task<(Answer Answer, string Reads)> ProbeAsync(Route route, Probe probe, Named ids, string key)
    {
        await host.ForgetAsync(ids);
        var (answer, reads) = await host.Reads.OfAsync(() => SendAsync(host.Other, route, probe, ids, key));
        var counted = reads.Where(read => !host.IsOfTheHost(read)
            && (!route.Case.MakesBatch || ids.Ids.Values.Any(id => read.Contains(id, StringComparison.Ordinal))));
        var text = string.Join('\n', counted.Select(ids.Strip)).Replace(key, "<idempotency key>", StringComparison.Ordinal);
        return (answer, BulkKey().Replace(text, "<bulk key>"));
    }

    private static Task<Answer> SendAsync(ApiClient api, Route route, Probe probe, Named ids, string key) => api.SendAsync(
        route.Method, ids.Fill(probe.Path), route.Case.Body is { } body ? ids.Fill(body) : null, probe.Header switch
        {
            null => [],
            IdempotencyKey => [(IdempotencyKey, key)],
            "Last-Event-ID" => [("Last-Event-ID", "1")],
            { } tag => [(tag, "\"1\"")],
        });

    /// <summary>The key of a bulk request, or what was drawn in its place, as the rows have it.</summary>
    [GeneratedRegex("bulk:[0-9a-f]{64}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BulkKey();

    /// <summary>All that the owner sees of what is his.</summary>
    private async Task<string> OwnedAsync()
    {
        var texts = new List<string>();
        foreach (var path in new[] { "/v1/jobs/<job>", "/v1/batches/<batch>", "/v1/batches/<batch>/items", "/v1/batches/<batch>/results" })
            texts.Add((await host.Owner.GetAsync(host.Foreign.Fill(path))).Ok().Raw);
        var key = (await host.Owner.GetAsync(host.Foreign.Fill("/v1/keys/<key>"))).Ok().Body;
        return string.Join('\n', [.. texts, $"{key.GetProperty("revoked_at")} {key.GetProperty("previous_secret_until")}"]);
    }

    /// <summary>A way to ask: words in &lt;&gt; are the ids; the header is one that the endpoint reads.</summary>
    private sealed record Probe(string Path, string? Header = null);
}
