using System.ComponentModel.DataAnnotations;
using JobTracker.Cluster;
using JobTracker.Configuration;
using Secret = JobTracker.Cluster.ClientSecret;

namespace JobTracker.Client;

/// <summary>Who the client speaks for, and how patient it is. Checked when the host starts.</summary>
public sealed class JobTrackerClientOptions
{
    /// <summary>Owner of every job made here; other organizations' jobs do not exist for this client. 1 to 128 characters.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string OrganizationId { get; set; } = "";

    /// <summary>Who stands in the history of what this client changes. 1 to 128 characters.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string UserId { get; set; } = "";

    /// <summary>
    /// The silos' <c>Cluster:ClientSecret</c>, 1 to 1,024 characters; null: the cluster asks for none. Another one than theirs is answered
    /// by a <see cref="ClientRefusedException"/>.
    /// </summary>
    [StringLength(Secret.MostCharacters, MinimumLength = 1, ErrorMessage = Secret.WrongLength)]
    public string? ClientSecret { get; set; }

    /// <summary>How often a call is sent at most. The defaults together outlast a silo's failover (some 15 s).</summary>
    [Within(1, 100)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>
    /// How long one attempt waits for its answer: a silo that has died gives none. A batch's calls that ask a provider wait five times as
    /// long.
    /// </summary>
    [Within("00:00:01", "00:10:00")]
    public TimeSpan LongestAnswer { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after the first failure; it doubles with each further one, and a random half of it is left out.</summary>
    [Within("00:00:00.001", "00:01:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between two attempts.</summary>
    [Within("00:00:00.001", "00:10:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Between the heartbeats of a worker whose job has no heartbeat timeout; of one that has, a third of that.</summary>
    [Within("00:00:00.100", "1.00:00:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a watch or a wait that has begun puts up with a service that does not answer, before it throws what it heard last.
    /// </summary>
    [Within("00:00:01", "1.00:00:00")]
    public TimeSpan LongestOutage { get; set; } = TimeSpan.FromMinutes(5);
}
