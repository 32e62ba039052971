using JobTracker.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Sessions.Oidc;

internal static class OidcSetup
{
    /// <summary>
    /// The library's own way of adding itself would make it look at every request, and fail where no provider is configured: so it is a
    /// scheme only where there is one.
    /// </summary>
    public static void AddProviderSignIn(this IServiceCollection services)
    {
        services.AddSection<OidcOptions>(OidcOptions.Section);
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcNeedsKeys>();
        services.AddSingleton<ProviderClaims>();
        services.AddTransient<OpenIdConnectHandler>();
        services.AddOptions<AuthenticationOptions>().Configure<IOptions<OidcOptions>>((schemes, oidc) =>
        {
            if (oidc.Value.IsSet)
                schemes.AddScheme<OpenIdConnectHandler>(OidcSignIn.SchemeName, displayName: null);
        });
        services.ConfigureOptions<OidcSignIn>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
    }
}
