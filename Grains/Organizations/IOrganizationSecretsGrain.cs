namespace JobTracker.Grains.Organizations;

/// <summary>The side of an organization's grain that only silos see: what signs, the replaced secret included.</summary>
[Alias("jobtracker.grains.IOrganizationSecretsGrain")]
internal interface IOrganizationSecretsGrain : IGrainWithStringKey
{
    /// <summary>The secrets of callbacks; generated at the first call.</summary>
    [Alias("GetCallbackSecrets")]
    Task<StoredSecrets> GetCallbackSecretsAsync();
}
