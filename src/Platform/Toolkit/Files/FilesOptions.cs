namespace Anlan.Toolkit.Files;

/// <summary>Where evidence files lie.</summary>
public enum FilePlace
{
    /// <summary>In the folder <c>files</c> of the data folder.</summary>
    Local,

    /// <summary>In a bucket of an S3-compatible server.</summary>
    S3,
}

/// <summary>How evidence files are kept, section <c>Anlan:Evidence:Files</c>.</summary>
public sealed class FilesOptions
{
    /// <summary>Where they lie. Default: the data folder.</summary>
    public FilePlace Place { get; set; } = FilePlace.Local;

    /// <summary>The server; ignored unless <see cref="Place"/> is <see cref="FilePlace.S3"/>.</summary>
    public S3Options S3 { get; set; } = new();
}

/// <summary>An S3-compatible server.</summary>
public sealed class S3Options
{
    /// <summary>Its address, for example <c>https://s3.example.cn</c>; plain http only on this machine.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The bucket; it must exist and be nobody else's.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Region by which requests are signed. Default <c>us-east-1</c>, which most servers other than Amazon's expect.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Id of the access key.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>The secret; best from the environment. Never logged.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>Longest wait for the server. Default 30 s; 1 s to 10 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
