using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>Why a job is cancelled; optional as a whole.</summary>
internal sealed record CancelJobBody
{
    public const string StopReasonPattern = "^[a-z][a-z0-9_]{0,63}$";

    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.CancelJobBody);

    /// <summary>Why: cancelled unless given.</summary>
    [RegularExpression(StopReasonPattern)]
    public string? StopReason { get; init; }

    /// <summary>The command that the body, if there is one, asks for.</summary>
    public static CancelJob Read(JsonElement body, RequestErrors errors)
    {
        var command = new CancelJob();
        if (body.ValueKind == JsonValueKind.Undefined)
            return command;
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            return command;
        }
        var fields = new JsonFields(body, "$", Names, errors);
        return fields.Text("stop_reason") is { } reason ? command with { StopReason = reason } : command;
    }
}
