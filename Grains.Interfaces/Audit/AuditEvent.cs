namespace JobTracker.Audit;

/// <summary>Who does what, on what, from where: what is known of an action before it is done. No secret stands in it.</summary>
/// <remarks>
/// Of every text the first 255 characters are kept; what is no Unicode text, and U+0000, becomes U+FFFD.
/// </remarks>
[GenerateSerializer, Immutable, Alias("jobtracker.AuditEntry")]
public sealed record AuditEntry
{
    /// <summary>Who may read of it; null: not known.</summary>
    [Id(0)] public string? OrganizationId { get; init; }

    /// <summary>The user; null: nobody was signed in.</summary>
    [Id(1)] public string? Actor { get; init; }

    /// <summary>The API key that was used, or tried; null: none, or none that can be told.</summary>
    [Id(2)] public string? KeyId { get; init; }

    /// <summary>Where the request came from: an IP address; null: from no network.</summary>
    [Id(3)] public string? Address { get; init; }

    /// <summary>One of <see cref="AuditActions"/>.</summary>
    [Id(4)] public required string Action { get; init; }

    /// <summary>The id of what it is about; null: the organization itself.</summary>
    [Id(5)] public string? Subject { get; init; }

    /// <summary>Why, in the actor's words; null: he did not say.</summary>
    [Id(6)] public string? Note { get; init; }
}

/// <summary>One audit event: an action, or a credential that was refused.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.AuditEvent")]
public sealed record AuditEvent
{
    /// <summary>Its milliseconds are the moment, the first one where <see cref="Count"/> is more than 1.</summary>
    [Id(0)] public required AuditEventId Id { get; init; }

    [Id(1)] public required AuditEntry Entry { get; init; }

    [Id(2)] public required AuditOutcome Outcome { get; init; }

    /// <summary>How often it happened within about a second; 1 at least.</summary>
    [Id(3)] public long Count { get; init; } = 1;

    /// <summary>Why it was refused, or is unknown, in a word; null: there is nothing to say.</summary>
    [Id(4)] public string? Reason { get; init; }
}
