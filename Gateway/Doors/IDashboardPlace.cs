namespace JobTracker.Gateway.Doors;

/// <summary>Where this process serves Orleans' own dashboard: a silo that does says so.</summary>
internal interface IDashboardPlace
{
    /// <summary>Null: nowhere.</summary>
    string? Path { get; }
}
