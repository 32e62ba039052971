using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Keys;

namespace JobTracker.Pages.Callers;

/// <summary>Who looks at a page: on whose behalf its doors are opened, and what he may do there.</summary>
/// <param name="Caller">The organization and the user.</param>
/// <param name="Held">His scopes.</param>
/// <param name="Stands">Asks once more whether he would still be let in; null: nothing can end it.</param>
public sealed record PageCaller(Caller Caller, ImmutableArray<string> Held, Func<ValueTask<bool>>? Stands = null)
{
    /// <summary>Whose jobs are shown.</summary>
    public string Organization => Caller.OrganizationId;

    /// <summary>Whether he may do what needs the scope.</summary>
    public bool May(string scope) => Scopes.Allow(Held, scope);
}
