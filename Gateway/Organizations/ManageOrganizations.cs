using System.Collections.Immutable;
using JobTracker.Audit;
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

/// <summary>Makes, shows and changes organizations.</summary>
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
        asked => audit.DoAsync(http, AuditActions.OrganizationCreate, asked.Id, async () =>
            await calls.Organizations.SendAsync(directory => directory.CreateAsync(asked.Id, asked.Name, asked.Limits)) switch
            {
                OrganizationOutcome.Accepted => new MadeResult(
                    Show((await calls.Organization(asked.Id).ReadAsync(made => made.GetAsync()))!, StatusCodes.Status201Created),
                    $"{Path}/{asked.Id}"),
                OrganizationOutcome.Exists => new ProblemResult(ProblemMap.OrganizationExists),
                _ => new ProblemResult(ProblemMap.TooManyOrganizations),
            }));

    public static Task<IResult> List(HttpContext http, GrainCalls calls) => http.AnswerAsync(
        errors =>
        {
            var query = new QueryFields(http.Request.Query, errors);
            return (After: query.Text("after"), Limit: query.Whole("limit", 1, Most) ?? Default);
        },
        async asked =>
        {
            var ids = await calls.Organizations.ReadAsync(directory => directory.ListAsync(asked.After, asked.Limit + 1));
            var page = ids.Length > asked.Limit ? ids[..asked.Limit] : ids;
            var organizations = await Task.WhenAll(page.Select(id => calls.Organization(id).ReadAsync(grain => grain.GetAsync())));
            if (page.Length < ids.Length)
                http.Response.Headers.Link = new PageLinks(http.Request.PathBase + Path, http.Request.Query).Next(page[^1]);
            return new JsonResult<ImmutableArray<OrganizationView>>(
                [.. organizations.OfType<OrganizationSnapshot>().Select(OrganizationView.Of)],
                GatewayJson.Wire.ImmutableArrayOrganizationView);
        });

    public static async Task<IResult> Get(string id, GrainCalls calls) =>
        OrganizationId.IsTokens(id) && await calls.Organization(id).ReadAsync(grain => grain.GetAsync()) is { } organization
            ? Show(organization)
            : new ProblemResult(ProblemMap.OrganizationNotFound);

    public static Task<IResult> Update(string id, HttpContext http, GrainCalls calls, AuditTrail audit) => http.AnswerAsync(
        BodyNeed.Required,
        UpdateOrganizationBody.Read,
        command => !OrganizationId.IsTokens(id)
            ? Task.FromResult<IResult>(new ProblemResult(ProblemMap.OrganizationNotFound))
            : audit.DoAsync(http, AuditActions.OrganizationUpdate, id, async () =>
                await calls.Organization(id).SendAsync(grain => grain.UpdateAsync(command)) is { } organization
                    ? Show(organization)
                    : new ProblemResult(ProblemMap.OrganizationNotFound)));

    private static JsonResult<OrganizationView> Show(OrganizationSnapshot organization, int status = StatusCodes.Status200OK) =>
        new(OrganizationView.Of(organization), GatewayJson.Wire.OrganizationView, status);
}
