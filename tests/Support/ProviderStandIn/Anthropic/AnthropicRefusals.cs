using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Anthropic;

/// <summary>Anthropic's error envelope: <c>{"type":"error","error":{"type","message"},"request_id"}</c>.</summary>
internal static class AnthropicRefusals
{
    public static Refusal NoSuchBatch => New(404, "not_found_error", "Not found");

    public static Refusal Invalid(string message) => New(400, "invalid_request_error", message);

    public static Refusal TooLarge => New(413, "request_too_large", "Request exceeds the maximum size");

    public static Refusal NoKey => New(401, "authentication_error", "x-api-key header is required");

    public static Refusal ForStatus(int status) => status switch
    {
        400 => Invalid("The request is not valid."),
        401 => New(status, "authentication_error", "invalid x-api-key"),
        404 => NoSuchBatch,
        409 => New(status, "invalid_request_error", "The request conflicts with another one."),
        429 => New(status, "rate_limit_error", "This request would exceed your organization's rate limit."),
        529 => New(status, "overloaded_error", "Overloaded"),
        _ => New(status, "api_error", "Internal server error"),
    };

    private static Refusal New(int status, string type, string message) =>
        new(status, "application/json", Envelope(type, message).ToJsonString());

    private static JsonObject Envelope(string type, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
        ["request_id"] = "req_standin",
    };
}
