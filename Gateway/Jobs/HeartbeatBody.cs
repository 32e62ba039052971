using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>What a worker says beside that it is alive; optional as a whole.</summary>
internal sealed record HeartbeatBody
{
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.HeartbeatBody);

    /// <summary>How far the work has come.</summary>
    [DisallowNull]
    public JobProgressBody? Progress { get; init; }

    /// <summary>The command that the body, if there is one, asks for.</summary>
    public static Heartbeat Read(JsonElement body, RequestErrors errors)
    {
        if (body.ValueKind == JsonValueKind.Undefined)
            return new Heartbeat();
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            return new Heartbeat();
        }
        var fields = new JsonFields(body, "$", Names, errors);
        if (fields.IsNull("progress"))
            fields.Wrong("progress", "must not be null");
        return new Heartbeat { Progress = UpdateJobBody.ProgressOf(fields) };
    }
}
