using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace JobTracker.Gateway.Lists;

/// <summary>Where the pages before and after a page are, as a <c>Link</c> header (RFC 8288) with paths that keep every filter.</summary>
internal sealed class PageLinks(string path, IQueryCollection parameters)
{
    /// <summary>Null where <paramref name="page"/> is empty, or the only one.</summary>
    public string? Around<T, TId>(ImmutableArray<T> page, Func<T, TId> id, bool hasNext, bool hasPrevious, TId? after, TId? before)
        where TId : struct
    {
        if (page.IsEmpty)
            return null;
        var links = new List<string>(2);
        // Between two cursors the walk stays between them; after a page that was found from behind it goes on past the old cursor.
        if (hasNext)
            links.Add(Link("next", id(page[^1]).ToString(), after is null ? null : before?.ToString()));
        if (hasPrevious && (after is null || before is null))
            links.Add(Link("prev", null, id(page[0]).ToString()));
        return links.Count == 0 ? null : string.Join(", ", links);
    }

    /// <summary>The link to what comes after <paramref name="last"/>.</summary>
    public string Next(string last) => Link("next", last, null);

    private string Link(string rel, string? after, string? before)
    {
        var url = new StringBuilder(path);
        var mark = '?';
        foreach (var (name, values) in parameters)
        {
            if (name is "after" or "before")
                continue;
            foreach (var value in values)
                Add(name, value ?? "");
        }
        if (after is not null)
            Add("after", after);
        if (before is not null)
            Add("before", before);
        return string.Create(CultureInfo.InvariantCulture, $"<{url}>; rel=\"{rel}\"");

        void Add(string name, string value)
        {
            url.Append(mark).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
    }
}
