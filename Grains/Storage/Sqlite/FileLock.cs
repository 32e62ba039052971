namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>A file whose opening is a lock: the operating system takes it back from whoever dies.</summary>
public static class FileLock
{
    /// <summary>EWOULDBLOCK of Linux and of macOS, and Windows' sharing and lock violations.</summary>
    private static readonly int[] Taken = [11, 35, 32, 33];

    /// <summary>
    /// The lock until it is disposed of, or null where another process, or another part of this one, has it. The file stays behind:
    /// deleting it would let two processes lock two files of one name.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (Taken.Contains(problem.HResult & 0xFFFF))
        {
            return null;
        }
    }
}
