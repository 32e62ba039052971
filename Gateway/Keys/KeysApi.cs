using JobTracker.Gateway.OpenApi;
using JobTracker.Keys;

namespace JobTracker.Gateway.Keys;

/// <summary>The endpoints of <c>/v1/keys</c>, and <c>/v1/whoami</c>.</summary>
internal static class KeysApi
{
    private const string NeverKept = "`no-store`: the key in it is shown this once.";

    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/v1/keys").WithTags("Keys").RequireAuthorization(Scopes.KeysManage);
        keys.MapPost("/", ManageKeys.Create).Describes("create_key", "Make an API key; the answer shows it, this once")
            .Accepts<CreateKeyBody>("application/json").Produces<KeyWithSecretView>(201)
            .Sends(201, "Location", "Where the key is.").Sends(201, "Cache-Control", NeverKept).Fails(409, 413, 415);
        keys.MapGet("/", ReadKeys.List)
            .Describes("list_keys", "The keys of an organization in the order in which they were made; what ended stays for 90 days")
            .Query(ReadKeys.ListParameters).Produces<KeyView[]>()
            .Sends(200, "Link", "The page after this one (RFC 8288): rel next.", mayMiss: true);
        keys.MapGet("/{id}", ReadKeys.Get).Describes("get_key", "One key").Produces<KeyView>().Fails(404);
        keys.MapPost("/{id}/rotate", ManageKeys.Rotate)
            .Describes("rotate_key", "Give a key a new secret; the answer shows it, this once, and the old one works on for a while")
            .Accepts<RotateKeyBody>(isOptional: true, "application/json").Produces<KeyWithSecretView>()
            .Sends(200, "Cache-Control", NeverKept).Fails(404, 409, 413, 415);
        keys.MapDelete("/{id}", ManageKeys.Revoke).Describes("revoke_key", "End a key; one that is revoked stays as it is")
            .Produces<KeyView>().Fails(404);
        app.MapGroup("/v1/whoami").WithTags("Keys").RequireAuthorization().MapGet("/", ReadKeys.Whoami)
            .Describes("whoami", "Who is calling, and what he may do").Produces<WhoamiView>();
    }
}
