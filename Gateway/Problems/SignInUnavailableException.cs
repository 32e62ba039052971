namespace JobTracker.Gateway.Problems;

/// <summary>A credential could not be checked: nobody is let in on it, and nothing has been done.</summary>
internal sealed class SignInUnavailableException(Exception cause) : Exception("The credentials cannot be checked now.", cause)
{
    /// <summary>Asks the cluster; that it does not answer says nothing about the request, which has not begun.</summary>
    public static async Task<T> UnlessAnsweredAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (Outage.IsPassing(fault) || fault is OrleansException)
        {
            throw new SignInUnavailableException(fault);
        }
    }
}
