using JobTracker.Configuration;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>The database does not have the schema that this version needs; the process must not start.</summary>
public class MigrationException(string message, Exception? innerException = null)
    : StartRefusedException(message, innerException);

/// <summary>Scripts are missing, and <c>Storage:AutoMigrate</c> is false: somebody else applies them.</summary>
internal sealed class SchemaBehindException(string message) : MigrationException(message);
