using JobTracker.Audit;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.DataProtection;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Operations;
using JobTracker.Organizations;
using JobTracker.Silos;

namespace JobTracker.Gateway.Calls;

/// <summary>The way from HTTP to the grains: whoever calls one says whether it may be asked again, and no call is without an end.</summary>
internal sealed class GrainCalls(IGrainFactory grains, BoundedCalls calls)
{
    /// <summary>A stateless worker's.</summary>
    private const int AnyKey = 0;

    public CallsTo<IJobCatalogGrain> Jobs => To(() => grains.GetGrain<IJobCatalogGrain>(AnyKey));

    public CallsTo<IBatchCatalogGrain> Batches => To(() => grains.GetGrain<IBatchCatalogGrain>(AnyKey));

    public CallsTo<IAuditGrain> Audit => To(() => grains.GetGrain<IAuditGrain>(AnyKey));

    public CallsTo<IClusterReportGrain> Reports => To(() => grains.GetGrain<IClusterReportGrain>(AnyKey));

    public CallsTo<IOrganizationDirectoryGrain> Organizations =>
        To(() => grains.GetGrain<IOrganizationDirectoryGrain>(IOrganizationDirectoryGrain.Key));

    public CallsTo<IDataProtectionKeysGrain> DataProtectionKeys =>
        To(() => grains.GetGrain<IDataProtectionKeysGrain>(IDataProtectionKeysGrain.Key));

    public CallsTo<IJobGrain> Job(JobId id) => To(() => grains.GetGrain<IJobGrain>(id.ToString()));

    public CallsTo<IBatchGrain> Batch(BatchId id) => To(() => grains.GetGrain<IBatchGrain>(id.ToString()));

    public CallsTo<IOperationGrain> Operation(OperationId id) => To(() => grains.GetGrain<IOperationGrain>(id.ToString()));

    public CallsTo<IOperationsGrain> OperationsOf(string organization) =>
        To(() => grains.GetGrain<IOperationsGrain>(OrganizationKey.Of(organization)));

    public CallsTo<IApiKeyGrain> Key(KeyId id) => To(() => grains.GetGrain<IApiKeyGrain>(id.ToString()));

    public CallsTo<IOrganizationGrain> Organization(string id) => To(() => grains.GetGrain<IOrganizationGrain>(OrganizationKey.Of(id)));

    public CallsTo<IOrganizationKeysGrain> KeysOf(string organization) =>
        To(() => grains.GetGrain<IOrganizationKeysGrain>(OrganizationKey.Of(organization)));

    public CallsTo<IOpenJobsGrain> OpenJobsOf(string organization) =>
        To(() => grains.GetGrain<IOpenJobsGrain>(OrganizationKey.Of(organization)));

    /// <summary>
    /// Makes a job under an id that was made for it just now. Sent again where no answer comes: whatever stands under the id then is what
    /// was asked for, whichever of the attempts made it.
    /// </summary>
    public Task<JobOutcome> CreateJobAsync(JobId id, Caller caller, CreateJob command)
    {
        var job = grains.GetGrain<IJobGrain>(id.ToString());
        return calls.AgainAsync(
            attempt => OwnAsync(
                job, id, caller, attempt == 1 ? grains.CreateNewJobAsync(id, caller, command) : job.CreateAsync(caller, command)),
            calls.Usual);
    }

    private static async Task<JobOutcome> OwnAsync(IJobGrain job, JobId id, Caller caller, Task<JobOutcome> attempt) =>
        await attempt switch
        {
            JobOutcome.AlreadyDone { Job: var made } when made.Id == id => new JobOutcome.Accepted(made),
            // No caller sends an id: what is wrong with it is this process's matter.
            JobOutcome.Refused { Reason: Refusal.InvalidField { Field: "id", Problem: var problem } } =>
                await job.GetAsync(caller) is { } made
                    ? new JobOutcome.Accepted(made)
                    : throw new ClusterUnavailableException($"The id that this process made for the job {problem}."),
            var outcome => outcome,
        };

    private CallsTo<TGrain> To<TGrain>(Func<TGrain> grain) => new(calls, grain, calls.Usual);
}
