namespace JobTracker.Tests.StandIn.Batches;

/// <summary>One entry of OpenAI's <c>errors.data</c>; <see cref="Line"/> counts from 1.</summary>
public sealed record InputError(string Code, string Message, int? Line = null, string? Param = null);
