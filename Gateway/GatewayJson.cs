using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using JobTracker.Gateway.Audit;
using JobTracker.Gateway.Batches;
using JobTracker.Gateway.Batches.Create;
using JobTracker.Gateway.Callbacks;
using JobTracker.Gateway.Health;
using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Jobs.Exporting;
using JobTracker.Gateway.Jobs.Listing;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Keys;
using JobTracker.Gateway.Operations;
using JobTracker.Gateway.Organizations;
using JobTracker.Gateway.Problems;
using JobTracker.PlainText;

namespace JobTracker.Gateway;

/// <summary>Every type that crosses HTTP, with serializers made at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcMomentConverter), typeof(JobStatusConverter), typeof(BatchStatusConverter), typeof(BatchPhaseConverter),
        typeof(ItemStatusConverter), typeof(OperationStatusConverter), typeof(OperationActionConverter), typeof(AuditOutcomeConverter)])]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(ImmutableArray<JobView>))]
[JsonSerializable(typeof(ExportEndView))]
[JsonSerializable(typeof(JobStatsView))]
[JsonSerializable(typeof(DeletedView))]
[JsonSerializable(typeof(BulkResultsView))]
[JsonSerializable(typeof(CreateJobBody))]
[JsonSerializable(typeof(BulkCreateBody))]
[JsonSerializable(typeof(UpdateJobBody))]
[JsonSerializable(typeof(JobErrorBody))]
[JsonSerializable(typeof(JobProgressBody))]
[JsonSerializable(typeof(CancelJobBody))]
[JsonSerializable(typeof(HeartbeatBody))]
[JsonSerializable(typeof(CallbackSecretView))]
[JsonSerializable(typeof(CallbackAttemptsView))]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(ImmutableArray<BatchView>))]
[JsonSerializable(typeof(ImmutableArray<ItemView>))]
[JsonSerializable(typeof(ItemWithResultView))]
[JsonSerializable(typeof(CreateBatchHeadBody))]
[JsonSerializable(typeof(QuarantinedLineView))]
[JsonSerializable(typeof(CreateBatchBody))]
[JsonSerializable(typeof(AdoptBatchBody))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(ImmutableArray<KeyView>))]
[JsonSerializable(typeof(KeyWithSecretView))]
[JsonSerializable(typeof(CreateKeyBody))]
[JsonSerializable(typeof(RotateKeyBody))]
[JsonSerializable(typeof(WhoamiView))]
[JsonSerializable(typeof(OrganizationView))]
[JsonSerializable(typeof(ImmutableArray<OrganizationView>))]
[JsonSerializable(typeof(CreateOrganizationBody))]
[JsonSerializable(typeof(UpdateOrganizationBody))]
[JsonSerializable(typeof(OrganizationLimitsBody))]
[JsonSerializable(typeof(ImmutableArray<AuditEventView>))]
[JsonSerializable(typeof(StartOperationBody))]
[JsonSerializable(typeof(OperationView))]
[JsonSerializable(typeof(ImmutableArray<OperationView>))]
[JsonSerializable(typeof(OperationPreviewView))]
[JsonSerializable(typeof(OperationErrorView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(string))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    /// <summary>What is written to the wire: JSON for programs, so that nothing is escaped for the sake of HTML.</summary>
    public static GatewayJson Wire => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = PlainJsonEncoder.Instance });

    /// <summary>
    /// Makes what ASP.NET writes, and describes in the OpenAPI document, look as <see cref="Wire"/> does: names and numbers follow the
    /// options that a type is asked for with, not those that its serializer was made with.
    /// </summary>
    public static void Govern(JsonSerializerOptions options)
    {
        var wire = Wire.Options;
        options.TypeInfoResolverChain.Insert(0, Wire);
        options.PropertyNamingPolicy = wire.PropertyNamingPolicy;
        options.NumberHandling = wire.NumberHandling;
        options.Encoder = wire.Encoder;
    }
}
