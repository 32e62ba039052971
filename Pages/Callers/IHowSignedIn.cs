namespace JobTracker.Pages.Callers;

/// <summary>How people sign in at this gateway.</summary>
public interface IHowSignedIn
{
    /// <summary>Somebody has to sign in, and may sign out.</summary>
    bool CanSignOut { get; }

    /// <summary>There is an identity provider (OpenID Connect) beside API keys.</summary>
    bool HasProvider { get; }
}
