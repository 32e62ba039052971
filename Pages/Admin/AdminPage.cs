using JobTracker.Pages.Doors;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Admin;

/// <summary>A page below /ui/admin.</summary>
public abstract class AdminPage : ReadingPage
{
    [Inject]
    protected IAdminDoor Door { get; set; } = default!;

    /// <summary>The form itself was not as it must be.</summary>
    protected void Refuse(string why) => Refuse(new PageFault("Nothing was changed", why, StatusCodes.Status400BadRequest));
}
