using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Gateway.Doors;

/// <summary>What the pages are given of this gateway.</summary>
internal static class DoorsSetup
{
    public static void AddDoors(this IServiceCollection services)
    {
        services.AddSingleton<IPageCallers, PageCallers>();
        services.AddSingleton<IHowSignedIn, HowSignedIn>();
        services.AddSingleton<IJobDoor, JobDoor>();
        services.AddSingleton<IBatchDoor, BatchDoor>();
        services.AddSingleton<ICallbackDoor, CallbackDoor>();
        services.AddSingleton<IOperationDoor, OperationDoor>();
        services.AddSingleton<IAdminDoor, AdminDoor>();
        services.AddSingleton<IClusterDoor, ClusterDoor>();
    }
}
