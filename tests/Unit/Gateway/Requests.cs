using System.Text.Json;
using JobTracker.Gateway;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace JobTracker.Tests.Unit.Gateway;

/// <summary>Reads texts as the endpoints read requests.</summary>
internal static class Requests
{
    public static GatewayLimits Limits { get; } = new();

    public static JsonElement Json(string text) => JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 }).RootElement;

    public static QueryCollection Query(string text) => new(QueryHelpers.ParseQuery(text));

    /// <summary>The names that were complained about, in order.</summary>
    public static string[] Names(RequestErrors errors) => [.. (errors.Problem?.Errors ?? []).Select(error => error.Name)];
}
