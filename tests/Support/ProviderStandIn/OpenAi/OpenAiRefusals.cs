using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>OpenAI's error envelope: <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal static class OpenAiRefusals
{
    public static Refusal NoKey => New(401, "You didn't provide an API key.");

    public static Refusal NoSuchBatch(string id) => New(404, $"No batch found with id '{id}'.");

    public static Refusal NoSuchFile(string id) => New(404, $"No such File object: {id}", param: "id");

    public static Refusal Invalid(string message, string? param = null) => New(400, message, param: param);

    public static Refusal ForStatus(int status) => status switch
    {
        401 => New(status, "Incorrect API key provided.", code: "invalid_api_key"),
        404 => New(status, "Not found"),
        409 => New(status, "The input file is still being processed. Please retry later.", code: "file_not_ready"),
        429 => New(status, "Rate limit reached for requests", "requests", code: "rate_limit_exceeded"),
        _ => New(status, "The server had an error while processing your request.", "server_error"),
    };

    private static Refusal New(int status, string message, string type = "invalid_request_error", string? param = null, string? code = null)
    {
        var error = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code };
        return new(status, "application/json", new JsonObject { ["error"] = error }.ToJsonString());
    }
}
