namespace JobTracker.Grains.Organizations;

/// <summary>What the grain storage "state" keeps of an organization, as JSON.</summary>
internal sealed class OrganizationState
{
    /// <summary>Null until somebody needs them.</summary>
    public StoredSecrets? CallbackSecrets { get; init; }
}
