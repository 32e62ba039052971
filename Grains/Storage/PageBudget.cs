namespace JobTracker.Grains.Storage;

/// <summary>
/// Where a page ends: at its rows or at its bytes, whichever are used up first. It has one row at least, however large that is.
/// </summary>
/// <remarks>A walk reads in steps and stops as soon as the page is full, so that what does not fit is not read.</remarks>
internal sealed class PageBudget(int rows, long bytes)
{
    /// <summary>Rows of the first step: a page of usual length, and no more bytes of the largest rows than are soon read.</summary>
    private const int FirstStep = 128;

    private const int LeastStep = 16;

    /// <summary>The rows that the page has.</summary>
    public int Taken { get; private set; }

    /// <summary>The bytes of those rows.</summary>
    public long Bytes { get; private set; }

    /// <summary>A row came that does not belong to it any more.</summary>
    public bool IsFull { get; private set; }

    /// <summary>
    /// How many rows to ask for next: as many as may fit, by those that came, and one more that tells whether there are more.
    /// </summary>
    public int NextStep => Math.Min(rows - Taken + 1, Taken == 0 ? FirstStep : Likely);

    private int Likely => (int)Math.Clamp((bytes - Bytes) / Math.Max(1, Bytes / Taken), LeastStep, Math.Max(LeastStep, rows));

    /// <summary>Whether the next row is of this page.</summary>
    public bool Takes(long size)
    {
        IsFull = Taken == rows || (Taken > 0 && size > bytes - Bytes);
        if (IsFull)
            return false;
        Taken++;
        Bytes += size;
        return true;
    }

    /// <summary>
    /// Fills the page step by step. <paramref name="step"/> reads the rows behind the one it is given (null: the first ones), as many as it
    /// is told, and gives each to the function, until one is not taken.
    /// </summary>
    /// <returns>The rows of the page, and the one behind them where there is one.</returns>
    public async Task<List<T>> FillAsync<T>(Func<T, long> size, Func<T?, int, Func<T, bool>, Task> step)
        where T : class
    {
        List<T> read = [];
        int due;
        do
        {
            var asked = NextStep;
            due = read.Count + asked;
            await step(read.Count == 0 ? null : read[^1], asked, Take);
        }
        while (read.Count == due && !IsFull);
        return read;

        bool Take(T row)
        {
            read.Add(row);
            return Takes(size(row));
        }
    }
}
