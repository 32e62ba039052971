using JobTracker.Configuration;

namespace JobTracker.Silo.Commands;

/// <summary>A command cannot be done; the message is for whoever typed it.</summary>
internal sealed class OperatorException(string message) : StartRefusedException(message);
