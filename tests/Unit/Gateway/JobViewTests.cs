using System.Text.Json;
using JobTracker.Gateway;
using JobTracker.Gateway.Jobs;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class JobViewTests
{
    [Fact]
    public void A_job_is_written_field_by_field_and_its_JSON_as_it_is() => Assert.Equal(
        """
        {"id":"job-01890a5d-ac96-774b-bcce-b302099a8057","organization_id":"org-1","user_id":"user-1","job_type":"run","status":"failed",
        "stop_reason":"error","error":{"code":"boom","message":"it \"broke\" <here>"},"version":3,"created_at":"2026-01-31T12:00:00Z",
        "updated_at":"2026-01-31T12:00:00.000001Z","started_at":"2026-01-31T12:00:00.02Z","completed_at":"2026-01-31T12:00:01Z",
        "expires_at":"2026-02-01T12:00:00Z","timeout_seconds":120,"heartbeat_timeout_seconds":30,"heartbeat_at":"2026-01-31T12:00:00Z",
        "background":true,"metadata":{"a": 1.50},"request_config":{"b":"é"},"progress":{"completed":1,"total":2,"message":"half"},
        "parent_id":"job-01890a5d-ac96-774b-bcce-b302099a8057","tags":["b","team:a"],"group":true,"sealed":true,"on_child_failure":"cancel",
        "children":{"total":28,"created":1,"pending":2,"running":3,"completed":4,"failed":5,"cancelled":6,"expired":7},"callback_url":"https://a.example/","callback_events":["failed"],
        "callback_sent_at":"2026-01-31T12:00:00Z","callback_status_code":500,"callback_error":"status 500","callback_attempts":1,
        "callback_next_attempt_at":"2026-01-31T12:00:05Z","callback_delivered_at":null,"ttft_ns":5,"total_duration_ns":1000000000,
        "history":[{"status":"failed","at":"2026-01-31T12:00:00Z","by":"user-2","stop_reason":"error"}],
        "created_by_id":"user-1","last_updated_by_id":"user-2",
        "next":{"what":"callback_attempt","at":"2026-01-31T12:00:05Z","attempt":2},
        "retry_of":"job-01890a5d-ac96-774b-bcce-b302099a8057","attempt":2,"retried_by":"job-01890a5d-ac96-774b-bcce-b302099a8057"}
        """.ReplaceLineEndings(""),
        Written(JobView.Of(Snapshots.WithEverything)));

    [Fact]
    public void What_is_not_set_is_null()
    {
        var fields = JsonDocument.Parse(Written(JobView.Of(Snapshots.Created(Snapshots.Id)))).RootElement;

        Assert.Equal(
            [
                "stop_reason", "error", "started_at", "completed_at", "expires_at", "timeout_seconds", "heartbeat_timeout_seconds",
                "heartbeat_at", "request_config",
                "progress", "parent_id", "sealed", "on_child_failure", "children", "callback_url", "callback_events", "callback_sent_at",
                "callback_status_code", "callback_error", "callback_next_attempt_at", "callback_delivered_at", "ttft_ns", "total_duration_ns", "next",
                "retry_of", "retried_by",
            ],
            fields.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Null).Select(field => field.Name));
        Assert.Equal("{}", fields.GetProperty("metadata").GetRawText());
    }

    private static string Written(JobView view) => JsonSerializer.Serialize(view, GatewayJson.Wire.JobView);
}
