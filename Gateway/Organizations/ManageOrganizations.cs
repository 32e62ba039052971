using System.Collections.Immutable;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Organizations;

/// <summary>The API's way to make, show and change organizations.</summary>
internal static class ManageOrganizations
{
    private const string Path = "/v1/organizations";
    private const int Most = 1_000;
    private const int Default = 100;

    public static ImmutableArray<ParameterNote> ListParameters { get; } =
    [
        ParameterNote.Text("after", "An organization's id: those behind it."),
        ParameterNote.Whole("limit", "How many at most; 100 unless given.", 1, Most),
    ];

    public static Task<IResult> Create(HttpContext http, GrainCalls calls, AuditTrail audit) => http.AnswerAsync(
        BodyNeed.Required,
        CreateOrganizationBody.Read,
        async asked => await OrganizationChanges.CreateAsync(asked.Id, asked.Name, asked.Limits, http, calls, audit) is var answer
            && answer.Problem is null
                ? new MadeResult(Show(answer, StatusCodes.Status201Created), $"{Path}/{asked.Id}")
                : Show(answer));

    public static Task<IResult> List(HttpContext http, GrainCalls calls) => http.AnswerAsync(
        errors =>
        {
            var query = new QueryFields(http.Request.Query, errors);
            return (After: query.Text("after"), Limit: query.Whole("limit", 1, Most) ?? Default);
        },
        async asked =>
        {
            var (organizations, next) = await PageAsync(asked.After, asked.Limit, calls);
            if (next is not null)
                http.Response.Headers.Link = new PageLinks(http.Request.PathBase + Path, http.Request.Query).Next(next);
            return new JsonResult<ImmutableArray<OrganizationView>>(
                ImmutableArray.CreateRange(organizations, OrganizationView.Of), GatewayJson.Wire.ImmutableArrayOrganizationView);
        });

    /// <returns>By their ids. The cursor is null where nothing comes after them.</returns>
    internal static async Task<(ImmutableArray<OrganizationSnapshot> Organizations, string? Next)> PageAsync(
        string? after, int limit, GrainCalls calls)
    {
        var ids = await calls.Organizations.ReadAsync(directory => directory.ListAsync(after, limit + 1));
        var page = ids.Length > limit ? ids[..limit] : ids;
        var organizations = await Task.WhenAll(page.Select(id => calls.Organization(id).ReadAsync(grain => grain.GetAsync())));
        return ([.. organizations.OfType<OrganizationSnapshot>()], page.Length < ids.Length ? page[^1] : null);
    }

    public static async Task<IResult> Get(string id, GrainCalls calls) => Show(await FindAsync(id, calls) is { } organization
        ? OrganizationAnswer.Changed(organization)
        : OrganizationAnswer.Refused(ProblemMap.OrganizationNotFound));

    /// <summary>Null: there is no such organization, or none could be called that.</summary>
    internal static async Task<OrganizationSnapshot?> FindAsync(string id, GrainCalls calls) =>
        OrganizationId.IsTokens(id) ? await calls.Organization(id).ReadAsync(grain => grain.GetAsync()) : null;

    public static Task<IResult> Update(string id, HttpContext http, GrainCalls calls, AuditTrail audit) => http.AnswerAsync(
        BodyNeed.Required,
        UpdateOrganizationBody.Read,
        async command => Show(await OrganizationChanges.UpdateAsync(id, command, http, calls, audit)));

    private static IResult Show(OrganizationAnswer answer, int status = StatusCodes.Status200OK) => answer.Problem is { } problem
        ? new ProblemResult(problem)
        : new JsonResult<OrganizationView>(
            OrganizationView.Of(answer.Organization!), GatewayJson.Wire.OrganizationView, status);
}
