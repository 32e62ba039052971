using JobTracker.Jobs;

namespace JobTracker.Pages.Callbacks;

/// <summary>How a receiver does now, by its last attempts.</summary>
internal static class ReceiverStreak
{
    extension(ReceiverFigures receiver)
    {
        /// <summary>The last attempt failed.</summary>
        public bool IsFailing =>
            receiver.LastFailureAt is { } failed && (receiver.LastSuccessAt is not { } taken || failed > taken);

        /// <summary>The last attempt was taken.</summary>
        public bool IsTaking => receiver.LastSuccessAt is not null && !receiver.IsFailing;

        /// <summary>Since when all attempts went as the last one did; null: as far as the figures reach.</summary>
        public DateTimeOffset? Since => receiver.IsFailing ? receiver.LastSuccessAt : receiver.LastFailureAt;
    }
}
