using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Organizations;

/// <summary>A new organization.</summary>
internal sealed record CreateOrganizationBody
{
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.CreateOrganizationBody);

    /// <summary>A letter or digit, and 63 more, `_` and `-` among them; all in lower case.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9_-]{0,63}$")]
    public required string Id { get; init; }

    /// <summary>What people call it: at most 128 characters.</summary>
    [MaxLength(OrganizationFields.LongestName)]
    public string? Name { get; init; }

    /// <summary>What it may ask for where that is not as configured.</summary>
    public OrganizationLimitsBody? Limits { get; init; }

    public static (string Id, string? Name, OrganizationLimits Limits) Read(JsonElement body, RequestErrors errors)
    {
        var fields = OrganizationFields.Open(body, Names, errors);
        fields.Require("id");
        var id = fields.Text("id");
        if (id is not null && !OrganizationId.IsValid(id))
            fields.Wrong("id", "must be a letter or digit and up to 63 more, _ and - among them, all in lower case");
        return (id ?? "", OrganizationFields.Name(fields), OrganizationLimits.Configured.With(OrganizationLimitsBody.Read(fields)));
    }
}

/// <summary>What changes of an organization.</summary>
internal sealed record UpdateOrganizationBody
{
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.UpdateOrganizationBody);

    /// <summary>What people call it: at most 128 characters.</summary>
    [MaxLength(OrganizationFields.LongestName)]
    public string? Name { get; init; }

    /// <summary>true: none of its keys and tokens is let in any more.</summary>
    public bool? Suspended { get; init; }

    /// <summary>Only those that change; null: as configured from now on.</summary>
    public OrganizationLimitsBody? Limits { get; init; }

    public static UpdateOrganization Read(JsonElement body, RequestErrors errors)
    {
        var fields = OrganizationFields.Open(body, Names, errors);
        return new UpdateOrganization(OrganizationFields.Name(fields), fields.Flag("suspended"), OrganizationLimitsBody.Read(fields));
    }
}

/// <summary>Limits of one organization; null: as configured.</summary>
internal sealed record OrganizationLimitsBody
{
    private const long MostInt = 1_000_000;
    private const long MostJobs = 1_000_000_000;
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.OrganizationLimitsBody);

    /// <summary>Requests a second of each key, in the long run.</summary>
    [Range(1, MostInt)] public int? RequestsPerSecond { get; init; }

    /// <summary>Requests of a key at once.</summary>
    [Range(1, MostInt)] public int? Burst { get; init; }

    /// <summary>Reads that wait.</summary>
    [Range(1, MostInt)] public int? Waits { get; init; }

    /// <summary>Open event streams.</summary>
    [Range(1, MostInt)] public int? Streams { get; init; }

    /// <summary>Lists at the same time.</summary>
    [Range(1, MostInt)] public int? Lists { get; init; }

    /// <summary>Creates under way.</summary>
    [Range(1, MostInt)] public int? Creates { get; init; }

    /// <summary>Jobs that have not ended.</summary>
    [Range(1, MostJobs)] public long? OpenJobs { get; init; }

    /// <summary>Null where the field <c>limits</c> is absent.</summary>
    public static LimitsPatch? Read(JsonFields fields)
    {
        if (fields.Nested("limits", Names) is not { } limits)
            return null;
        return new LimitsPatch(
            Int("requests_per_second"), Int("burst"), Int("waits"), Int("streams"), Int("lists"), Int("creates"),
            Value("open_jobs", MostJobs));

        Change<int?> Int(string name) => limits.Has(name) ? Change.To((int?)limits.Whole(name, 1, MostInt)) : default;

        Change<long?> Value(string name, long most) => limits.Has(name) ? Change.To(limits.Whole(name, 1, most)) : default;
    }
}

/// <summary>What both bodies have in common.</summary>
internal static class OrganizationFields
{
    public const int LongestName = 128;

    public static JsonFields Open(JsonElement body, FrozenSet<string> names, RequestErrors errors)
    {
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            body = JsonElement.Parse("{}");
        }

        return new JsonFields(body, "$", names, errors);
    }

    public static string? Name(JsonFields fields) => fields.Text("name", LongestName);
}
