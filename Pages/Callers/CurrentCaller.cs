using Microsoft.AspNetCore.Components.Authorization;

namespace JobTracker.Pages.Callers;

/// <summary>Who looks at this page, whether it is being written for the first time or lives in a circuit.</summary>
public sealed class CurrentCaller(AuthenticationStateProvider states, IPageCallers callers)
{
    /// <summary>Null: nobody is signed in.</summary>
    public async Task<PageCaller?> FindAsync() => callers.CallerOf((await states.GetAuthenticationStateAsync()).User);

    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks an authorization.</exception>
    public async Task<PageCaller> GetAsync() =>
        await FindAsync() ?? throw new InvalidOperationException("A page was asked for by nobody.");
}
