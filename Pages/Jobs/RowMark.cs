namespace JobTracker.Pages.Jobs;

/// <summary>What became of a row that is still shown.</summary>
internal enum RowMark
{
    /// <summary>It is as it is shown.</summary>
    None = 0,

    /// <summary>It matches the filter no longer.</summary>
    Left = 1,

    /// <summary>It is no more.</summary>
    Removed = 2,
}

/// <summary>A mark as the page has it.</summary>
internal static class RowMarkWord
{
    extension(RowMark mark)
    {
        /// <summary>An attribute's value, not a class: those of a row are the browser's script's. Null: nothing is to be said.</summary>
        public string? Word => mark switch
        {
            RowMark.None => null,
            RowMark.Left => "left",
            RowMark.Removed => "removed",
        };
    }
}
