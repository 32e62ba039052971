using JobTracker.Configuration;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>The database does not have the schema that this version needs; the process must not start.</summary>
public sealed class MigrationException(string message, Exception? innerException = null)
    : StartRefusedException(message, innerException);
