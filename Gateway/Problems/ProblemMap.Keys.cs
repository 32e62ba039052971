namespace JobTracker.Gateway.Problems;

/// <summary>Keys and organizations.</summary>
internal static partial class ProblemMap
{
    public static Problem InvalidKeyId { get; } = new(ProblemKind.InvalidKeyId, "Expected key- and 10 letters or digits.");

    public static Problem KeyNotFound { get; } = new(ProblemKind.KeyNotFound, "There is no key with this id in your organization.");

    public static Problem KeyHasEnded { get; } = new(
        ProblemKind.KeyHasEnded, "A key that is revoked or has expired gets no other secret.");

    public static Problem TooManyKeys { get; } = new(ProblemKind.TooManyKeys, "No key was made: there are as many as Limits:Keys allows.");

    public static Problem OrganizationNotFound { get; } = new(
        ProblemKind.OrganizationNotFound, "There is no organization with this id.");

    public static Problem OrganizationExists { get; } = new(
        ProblemKind.OrganizationExists, "Nothing was changed: there is an organization with this id.");

    public static Problem TooManyOrganizations { get; } = new(
        ProblemKind.TooManyOrganizations, "No organization was made: there are as many as Limits:Organizations allows.");

    /// <param name="path">Where the body names it.</param>
    public static Problem NoSuchOrganizationFor(string path) =>
        Of([new RequestError("body", path, "must be an organization that there is")]);
}
