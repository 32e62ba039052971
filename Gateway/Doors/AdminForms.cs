using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JobTracker.Gateway.Problems;
using JobTracker.Pages.Doors;

namespace JobTracker.Gateway.Doors;

/// <summary>Forms as bodies of the API: one set of rules says what is wrong with either.</summary>
internal static class AdminForms
{
    /// <summary>Words for people: a field of a form has no path.</summary>
    public static PageFault FaultOf(Problem problem)
    {
        var fault = DoorCalls.FaultOf(problem);
        return problem.Errors is not { } errors
            ? fault
            : fault with
            {
                Title = "Nothing was changed",
                Detail = string.Join("; ", errors.Select(error => $"{NameOf(error.Name)} {error.Detail}")) + ".",
            };
    }

    public static JsonElement BodyOf(KeyForm form, DateTimeOffset now)
    {
        var body = new JsonObject
        {
            ["name"] = form.Name,
            ["scopes"] = new JsonArray([.. form.Scopes.Select(scope => JsonValue.Create(scope))]),
        };
        if (form.NeverEnds)
            body["expires_at"] = null;
        else if (form.Lives is { } time)
            body["expires_at"] = (now + time).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (form.UserId is { } user)
            body["user_id"] = user;
        if (form.Organization is { } organization)
            body["organization_id"] = organization;
        return Read(body);
    }

    public static JsonElement BodyOf(string id, string? name)
    {
        var body = new JsonObject { ["id"] = id };
        if (name is not null)
            body["name"] = name;
        return Read(body);
    }

    public static JsonElement BodyOf(OrganizationForm form)
    {
        var body = new JsonObject();
        if (form.Name is { } name)
            body["name"] = name;
        if (form.IsSuspended is { } isSuspended)
            body["suspended"] = isSuspended;
        if (form.Limits is { } limits)
            body["limits"] = new JsonObject(limits.Select(limit => KeyValuePair.Create(limit.Key, Figure(limit.Value))));
        return Read(body);
    }

    private static JsonElement Read(JsonObject body) => JsonElement.Parse(body.ToJsonString());

    private static JsonNode? Figure(string text) => text.Trim() switch
    {
        "" => null,
        var figure => long.TryParse(figure, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : figure,
    };

    private static string NameOf(string path) => (path.Split('.')[^1] is "$" ? "the form" : path.Split('.')[^1]).Replace('_', ' ');
}
