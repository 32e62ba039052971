namespace JobTracker.Tests.Support.Contract;

/// <summary>Reads a query as ASP.NET does.</summary>
internal static class QueryText
{
    public static IEnumerable<(string Name, string Value)> Read(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = pair.IndexOf('=', StringComparison.Ordinal);
            yield return sign < 0 ? (Decoded(pair), "") : (Decoded(pair[..sign]), Decoded(pair[(sign + 1)..]));
        }
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
