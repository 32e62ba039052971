namespace JobTracker.Operations;

/// <summary>What an operation does with each job.</summary>
[GenerateSerializer, Alias("jobtracker.OperationAction")]
public enum OperationAction
{
    /// <summary>As a cancel of the job does; one that has ended is skipped.</summary>
    Cancel = 0,

    /// <summary>As a delete of the job does.</summary>
    Delete = 1,

    /// <summary>Sends the callback again, as a redelivery does; a job that has none to send is skipped.</summary>
    Redeliver = 2,
}

/// <summary>Facts about <see cref="OperationAction"/>.</summary>
public static class OperationActionFacts
{
    extension(OperationAction action)
    {
        /// <summary>The word for it in JSON, SQL and logs.</summary>
        public string Word => action switch
        {
            OperationAction.Cancel => "cancel",
            OperationAction.Delete => "delete",
            OperationAction.Redeliver => "redeliver",
        };

        /// <summary>The action that <paramref name="word"/> names, or null.</summary>
        public static OperationAction? FromWord(string word) => word switch
        {
            "cancel" => OperationAction.Cancel,
            "delete" => OperationAction.Delete,
            "redeliver" => OperationAction.Redeliver,
            _ => null,
        };
    }
}
