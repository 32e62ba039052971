using System.Security.Claims;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Organizations;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Tests.Unit.Gateway.Auth;

/// <summary>A request of somebody who signed in.</summary>
internal static class SignedInRequest
{
    public static DefaultHttpContext Of(string? budget = null, OrganizationLimits? limits = null, Func<ValueTask<bool>>? stands = null) =>
        new()
        {
            User = new ClaimsPrincipal(new CallerIdentity("test", new Caller("org-1", "user-1"), [])
            {
                Budget = budget,
                Limits = limits ?? OrganizationLimits.Configured,
                Stands = stands,
            }),
        };
}
