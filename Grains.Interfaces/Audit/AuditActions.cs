using System.Collections.Immutable;

namespace JobTracker.Audit;

/// <summary>The words for what is audited.</summary>
public static class AuditActions
{
    public const string CallbackSecretRotate = "callback_secret.rotate";

    /// <summary>Not an action that somebody was allowed to try: a credential that let nobody in.</summary>
    public const string CredentialRefused = "credential.refused";

    public const string KeyCreate = "key.create";
    public const string KeyRevoke = "key.revoke";
    public const string KeyRotate = "key.rotate";
    public const string OperationCancel = "operation.cancel";
    public const string OperationStart = "operation.start";
    public const string OrganizationCreate = "organization.create";
    public const string OrganizationUpdate = "organization.update";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
        [CallbackSecretRotate, CredentialRefused, KeyCreate, KeyRevoke, KeyRotate, OperationCancel, OperationStart, OrganizationCreate,
            OrganizationUpdate];
}
