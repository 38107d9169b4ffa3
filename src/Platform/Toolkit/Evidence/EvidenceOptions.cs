namespace Anlan.Toolkit.Evidence;

/// <summary>How heads of the log are signed and told to others, section <c>Anlan:Evidence</c>.</summary>
public sealed class EvidenceOptions
{
    /// <summary>How often a head is signed while the log grows. Default 1 min; 1 s to 1 day.</summary>
    public TimeSpan HeadInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>File to which every head is appended, best on a disk that another office reads; empty = none.</summary>
    public string HeadFile { get; set; } = "";

    /// <summary>Address to which every head is posted as JSON; empty = none.</summary>
    public string Webhook { get; set; } = "";

    /// <summary>Addresses of other organs' Anlan that keep our heads, for example <c>https://anlan.example.cn</c>.</summary>
    public List<string> Witnesses { get; } = [];

    /// <summary>Logs whose heads are kept here.</summary>
    public List<PeerOptions> Peers { get; } = [];

    /// <summary>Longest wait for a webhook or a witness. Default 20 s; 1 s to 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>A log of another organ.</summary>
public sealed class PeerOptions
{
    /// <summary>Its name on screens and in the audit trail, at most 40 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>PEM file of its public key; got from the organ by another way than the network.</summary>
    public string PublicKey { get; set; } = "";
}
