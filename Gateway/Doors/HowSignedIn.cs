using JobTracker.Gateway.Sessions;
using JobTracker.Pages.Callers;

namespace JobTracker.Gateway.Doors;

/// <summary>How people sign in, by the configuration.</summary>
internal sealed class HowSignedIn(ISessionFacts facts) : IHowSignedIn
{
    public bool CanSignOut => facts.MustSignIn;

    public bool HasProvider => facts.HasProvider;
}
