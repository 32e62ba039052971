using System.Text;

namespace JobTracker.Tests.Integration.Gateway.Exporting;

/// <summary>Reads a table as RFC 4180 writes it.</summary>
internal static class Csv
{
    public static List<List<string>> Read(string text)
    {
        List<List<string>> rows = [[]];
        for (var i = 0; i < text.Length; i++)
        {
            rows[^1].Add(text[i] == '"' ? Quoted(text, ref i) : Plain(text, ref i));
            if (i < text.Length && text[i] == '\r')
            {
                Assert.Equal('\n', text[++i]);
                rows.Add([]);
            }
        }
        return rows[..^1];
    }

    private static string Plain(string text, ref int at)
    {
        var begin = at;
        while (text[at] is not (',' or '\r'))
            at++;
        return text[begin..at];
    }

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; text[at] != '"' || text[at + 1] == '"'; at++)
        {
            if (text[at] == '"')
                at++;
            cell.Append(text[at]);
        }
        at++;
        return cell.ToString();
    }
}
