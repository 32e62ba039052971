using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Gateway.Operations;

// The properties name and document the fields, Read reads them.
/// <summary>One action on all jobs of a filter, or on those that are named.</summary>
internal sealed record StartOperationBody
{
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.StartOperationBody);

    /// <summary>cancel, delete or redeliver; the last needs the scope callbacks:manage, too.</summary>
    [RegularExpression("^(cancel|delete|redeliver)$")]
    public required string Action { get; init; }

    /// <summary>
    /// The filters of the list, as fields: a filter that is repeated there is an array here. One that names nothing is refused;
    /// {"all": true} means every job.
    /// </summary>
    public RawJson? Filter { get; init; }

    /// <summary>In the place of a filter: 1 to 1,000 jobs.</summary>
    [Length(1, StartOperation.MostJobIds)]
    public string[]? JobIds { get; init; }

    /// <summary>Why: up to 1,000 characters, kept with the operation and in the audit event.</summary>
    [StringLength(StartOperation.LongestReason)]
    public string? Reason { get; init; }

    /// <summary>true: nothing is changed, and the answer tells how many jobs match.</summary>
    public bool? DryRun { get; init; }

    /// <summary>Nothing is begun where more jobs match: 1 to 100,000.</summary>
    [Range(1, StartOperation.MostMaxItems)]
    public int? MaxItems { get; init; }

    /// <summary>Jobs a second at most: 1 to 100,000; 200 unless given.</summary>
    [Range(1, StartOperation.MostPerSecond)]
    public int? MaxPerSecond { get; init; }

    /// <summary>What the body asks for; nothing of it holds where an error was noted.</summary>
    public static (StartOperation Command, bool IsDry) Read(JsonElement body, RequestErrors errors)
    {
        var nothing = new StartOperation { Action = OperationAction.Cancel };
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            return (nothing, IsDry: false);
        }
        var fields = new JsonFields(body, "$", Names, errors);
        var (filter, all) = FilterBody.Read(fields.Element("filter"), errors);
        var command = new StartOperation
        {
            Action = ActionOf(fields) ?? OperationAction.Cancel,
            Filter = filter,
            All = all,
            JobIds = IdsOf(fields),
            Reason = fields.Text("reason", StartOperation.LongestReason),
            MaxItems = (int?)fields.Whole("max_items", 1, StartOperation.MostMaxItems),
            MaxPerSecond = (int?)fields.Whole("max_per_second", 1, StartOperation.MostPerSecond) ?? StartOperation.DefaultPerSecond,
        };
        return (command, fields.Flag("dry_run") ?? false);
    }

    private static OperationAction? ActionOf(JsonFields fields)
    {
        fields.Require("action");
        if (fields.Text("action") is not { } word)
            return null;
        if (OperationAction.FromWord(word) is { } action)
            return action;
        fields.Wrong("action", "must be cancel, delete or redeliver");
        return null;
    }

    private static ImmutableArray<JobId> IdsOf(JsonFields fields)
    {
        if (fields.Array("job_ids") is not { } array)
            return [];
        if (array.GetArrayLength() is 0 or > StartOperation.MostJobIds)
            fields.Wrong("job_ids", $"must have 1 to {StartOperation.MostJobIds} entries");
        var ids = ImmutableArray.CreateBuilder<JobId>();
        foreach (var item in array.EnumerateArray().Take(StartOperation.MostJobIds))
        {
            if (item.ValueKind == JsonValueKind.String && JobId.TryParse(item.GetString(), out var id))
                ids.Add(id);
            else
                fields.Wrong($"job_ids[{ids.Count}]", "must be a job id: job- and a UUID in lower case");
        }
        return ids.ToImmutable();
    }
}
