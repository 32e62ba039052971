using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Keys;

namespace JobTracker.Gateway.Keys;

/// <summary>Shows keys, without what is secret of them, and who is calling.</summary>
internal static class ReadKeys
{
    private const string Path = "/v1/keys";
    private const int MostKeys = 1_000;
    private const int DefaultKeys = 100;

    public static ImmutableArray<ParameterNote> ListParameters { get; } =
    [
        ParameterNote.Text("organization_id", "Another organization than one's own needs the scope admin."),
        ParameterNote.Form("after", "A key's id: the keys that were made after it.", Ids.KeyPattern),
        ParameterNote.Whole("limit", "How many at most; 100 unless given.", 1, MostKeys),
    ];

    public static async Task<IResult> Get(KeyId id, HttpContext http, GrainCalls calls) =>
        await calls.Key(id).ReadAsync(grain => grain.GetAsync(http.Caller())) is { } key
            ? new JsonResult<KeyView>(KeyView.Of(key), GatewayJson.Wire.KeyView)
            : new ProblemResult(ProblemMap.KeyNotFound);

    public static Task<IResult> List(HttpContext http, GrainCalls calls) => http.AnswerAsync(
        errors => ReadQuery(new QueryFields(http.Request.Query, errors)),
        async asked => ListScope.Refusal(http.Caller(), asked.Organization) is { } problem
            ? problem
            : await ListAsync(asked.Organization ?? http.Caller().OrganizationId, asked.After, asked.Limit, http, calls));

    public static JsonResult<WhoamiView> Whoami(HttpContext http) =>
        new(WhoamiView.Of(http.SignedIn()), GatewayJson.Wire.WhoamiView);

    private static (string? Organization, KeyId? After, int Limit) ReadQuery(QueryFields query)
    {
        var after = query.Text("after");
        var isKey = KeyId.TryParse(after, out var id);
        if (after is not null && !isKey)
            query.Wrong("after", "must be a key id: key- and 10 letters or digits");
        return (query.Text("organization_id"), isKey ? id : null, query.Whole("limit", 1, MostKeys) ?? DefaultKeys);
    }

    private static async Task<IResult> ListAsync(string organizationId, KeyId? after, int limit, HttpContext http, GrainCalls calls)
    {
        var (keys, next) = await PageAsync(organizationId, after, limit, http.Caller(), calls);
        if (next is { } last)
            http.Response.Headers.Link = new PageLinks(http.Request.PathBase + Path, http.Request.Query).Next(last.ToString());
        return new JsonResult<ImmutableArray<KeyView>>(
            ImmutableArray.CreateRange(keys, KeyView.Of), GatewayJson.Wire.ImmutableArrayKeyView);
    }

    /// <summary>In the order in which they were made. What is no longer shown, or was never made, is taken off the list.</summary>
    /// <returns>The cursor is null where nothing comes after them.</returns>
    internal static async Task<(ImmutableArray<ApiKeySnapshot> Keys, KeyId? Next)> PageAsync(
        string organizationId, KeyId? after, int limit, Caller caller, GrainCalls calls)
    {
        var organization = calls.KeysOf(organizationId);
        var ids = await organization.ReadAsync(grain => grain.ListKeysAsync());
        // A cursor that is gone begins anew rather than to lose keys.
        var page = ids.Skip(after is { } last ? ids.IndexOf(last) + 1 : 0).Take(limit).ToImmutableArray();
        var keys = await Task.WhenAll(page.Select(id => calls.Key(id).ReadAsync(grain => grain.GetAsync(caller))));
        if (page.Where((_, index) => keys[index] is null).ToImmutableArray() is { IsEmpty: false } gone)
            await organization.SendSafelyAsync(grain => grain.ForgetGoneKeysAsync(gone));
        return ([.. keys.OfType<ApiKeySnapshot>()], page.Length > 0 && page[^1] != ids[^1] ? page[^1] : null);
    }
}
