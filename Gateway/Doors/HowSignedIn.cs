using JobTracker.Gateway.Auth;
using JobTracker.Pages.Callers;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Doors;

/// <summary>How people sign in, by the configuration.</summary>
internal sealed class HowSignedIn(IOptions<AuthOptions> auth) : IHowSignedIn
{
    public bool CanSignOut => auth.Value.Mode == AuthOptions.Keys;

    public bool HasProvider => false;
}
