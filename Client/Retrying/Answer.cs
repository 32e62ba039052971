namespace JobTracker.Client.Retrying;

/// <summary>What sending a command came to.</summary>
/// <param name="Outcome">The last answer; null where none came.</param>
/// <param name="Lost">The failure that took an answer away; null where every
/// attempt but the last is known not to have been carried out.</param>
internal readonly record struct Answer<T>(T? Outcome, Exception? Lost)
    where T : class;
