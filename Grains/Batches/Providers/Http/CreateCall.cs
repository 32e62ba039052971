using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>Turns the one create call into what is known after it.</summary>
internal static class CreateCall
{
    /// <param name="call">Uploads, if the dialect has to, and creates. It is called once.</param>
    /// <param name="body">The content that the items go out in.</param>
    public static async Task<SubmitOutcome> RunAsync(Func<Task<ProviderBatch>> call, StreamedContent body)
    {
        try
        {
            return new SubmitOutcome.Created(await call());
        }
        catch (ProviderException failed) when (body.SourceFailure is { } source)
        {
            return source is BodyTooLargeException
                ? new SubmitOutcome.Refused(
                    failed.Error with { Class = ProviderErrorClass.Refused, Message = source.Message, MayHaveActed = false })
                : new SubmitOutcome.NotCreated(
                    failed.Error with { Message = $"The items could not be read: {source.Message}", MayHaveActed = false });
        }
        catch (ProviderException failed)
        {
            return failed.Error switch
            {
                { Class: ProviderErrorClass.Refused } error => new SubmitOutcome.Refused(error),
                { MayHaveActed: true } error => new SubmitOutcome.Unknown(error),
                var error => new SubmitOutcome.NotCreated(error),
            };
        }
    }
}
