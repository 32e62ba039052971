using System.Globalization;
using JobTracker.Audit;
using JobTracker.Keys;
using JobTracker.Organizations;

namespace JobTracker.Silo.Commands;

/// <summary>Makes a key as its operator wants it: nobody asks what he may grant, and the audit names him.</summary>
internal static class NewKey
{
    public static async Task<(ApiKey Key, ApiKeySnapshot Snapshot)> MakeAsync(IGrainFactory grains, CreateKey command)
    {
        if (await grains.GetGrain<IOrganizationDirectoryGrain>(IOrganizationDirectoryGrain.Key)
            .CreateAsync(command.OrganizationId, name: null, OrganizationLimits.Configured) is OrganizationOutcome.TooMany)
            throw new OperatorException("There are as many organizations as Limits:Organizations allows: no key was made.");
        var key = ApiKey.New();
        var audit = grains.GetGrain<IAuditGrain>(0);
        var said = await audit.BeginAsync(new AuditEntry
        {
            OrganizationId = command.OrganizationId,
            Actor = command.CreatedById,
            Address = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}"),
            Action = AuditActions.KeyCreate,
            Subject = key.Id.ToString(),
        });
        var outcome = await grains.GetGrain<IOrganizationKeysGrain>(OrganizationKey.Of(command.OrganizationId)).AddKeyAsync(key.Id)
            ? await grains.GetGrain<IApiKeyGrain>(key.Id.ToString()).CreateAsync(command with { Hash = key.Hash() })
            : null;
        await audit.EndAsync(said, outcome is KeyOutcome.Accepted ? AuditOutcome.Succeeded : AuditOutcome.Refused, reason: null);
        return outcome is KeyOutcome.Accepted { Key: var made }
            ? (key, made)
            : throw new OperatorException("The organization has as many keys as Limits:Keys allows: no key was made.");
    }
}
