namespace JobTracker.Tests.Support;

/// <summary>What happens to one statement of a faulty store.</summary>
public enum PlannedFault
{
    None,

    /// <summary>The database is not reached.</summary>
    NotSent,

    /// <summary>The connection breaks, and the database has done nothing.</summary>
    LostBefore,

    /// <summary>The connection breaks, and the database has done it all.</summary>
    LostAfter,

    /// <summary>The transaction loses against another one.</summary>
    Conflict,

    /// <summary>The store breaks its word: an exception that it should never throw.</summary>
    Bug,
}
