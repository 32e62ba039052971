using JobTracker.Gateway.OpenApi;
using JobTracker.Keys;

namespace JobTracker.Gateway.Organizations;

/// <summary>The endpoints of <c>/v1/organizations</c>, for admins.</summary>
internal static class OrganizationsApi
{
    public static void MapOrganizations(this IEndpointRouteBuilder app)
    {
        var organizations = app.MapGroup("/v1/organizations").WithTags("Organizations").RequireAuthorization(Scopes.Admin);
        organizations.MapPost("/", ManageOrganizations.Create).Describes("create_organization", "Make an organization")
            .Accepts<CreateOrganizationBody>("application/json").Produces<OrganizationView>(201)
            .Sends(201, "Location", "Where the organization is.").Fails(409, 413, 415);
        organizations.MapGet("/", ManageOrganizations.List).Describes("list_organizations", "All organizations, by their ids")
            .Query(ManageOrganizations.ListParameters).Produces<OrganizationView[]>()
            .Sends(200, "Link", "The page after this one (RFC 8288): rel next.", mayMiss: true);
        organizations.MapGet("/{id}", ManageOrganizations.Get).Describes("get_organization", "One organization")
            .Produces<OrganizationView>().Fails(404);
        organizations.MapPatch("/{id}", ManageOrganizations.Update)
            .Describes("update_organization", "Change an organization's name, what it may ask for, or whether it is let in at all")
            .Accepts<UpdateOrganizationBody>("application/json", "application/merge-patch+json").Produces<OrganizationView>()
            .Fails(404, 413, 415);
    }
}
