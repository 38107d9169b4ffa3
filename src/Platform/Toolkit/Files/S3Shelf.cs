using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Data.Backups;

namespace Anlan.Toolkit.Files;

/// <summary>Files in a bucket of an S3-compatible server, addressed by path. A PUT is whole or not at all there, and asks not to replace anything.</summary>
internal sealed class S3Shelf : IFileShelf, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;
    private readonly DataFolder _data;

    public S3Shelf(S3Options options, DataFolder data)
    {
        (_bucket, _data) = (options.Bucket, data);
        // Only what the protocol demands: servers other than Amazon's know no further checksums. What arrived is compared with its name here.
        _client = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), new AmazonS3Config
        {
            ServiceURL = options.Endpoint,
            AuthenticationRegion = options.Region,
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = options.Timeout,
            MaxErrorRetry = 2,
        });
    }

    public Task<bool> PutAsync(string temporary, string hash, CancellationToken stop) => TryAsync(async () =>
    {
        if (await IsThereAsync(hash, stop)) return false;
        try
        {
            await _client.PutObjectAsync(new PutObjectRequest { BucketName = _bucket, Key = FileNames.PathOf(hash), FilePath = temporary, ContentType = "application/octet-stream", IfNoneMatch = "*", UseChunkEncoding = false }, stop);
            return true;
        }
        catch (AmazonS3Exception known) when (known.StatusCode is HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }, stop);

    public Task<Stream?> OpenAsync(string hash, CancellationToken stop) => TryAsync<Stream?>(async () =>
    {
        GetObjectResponse answer;
        try
        {
            answer = await _client.GetObjectAsync(_bucket, FileNames.PathOf(hash), stop);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        // Into a file that nobody else sees: it is looked through as a whole before anybody gets a byte of it.
        using (answer)
        {
            var path = Path.Combine(BackupFiles.MakeFolder(FileNames.IncomingOf(_data)), Guid.CreateVersion7().ToString("N") + FileNames.Unfinished);
            var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose });
            try
            {
                await answer.ResponseStream.CopyToAsync(file, stop);
                file.Position = 0;
                return file;
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }
    }, stop);

    public Task RemoveAsync(string hash, CancellationToken stop) => TryAsync(() => _client.DeleteObjectAsync(_bucket, FileNames.PathOf(hash), stop), stop);

    public async IAsyncEnumerable<(string Hash, DateTimeOffset At)> AllAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket };
        do
        {
            var page = await TryAsync(() => _client.ListObjectsV2Async(request, stop), stop);
            foreach (var found in page.S3Objects ?? [])
            {
                if (FileNames.HashIn(found.Key) is { } hash) yield return (hash, found.LastModified is { } at ? new DateTimeOffset(at.ToUniversalTime()) : DateTimeOffset.MaxValue);
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> IsThereAsync(string hash, CancellationToken stop)
    {
        try
        {
            await _client.GetObjectMetadataAsync(_bucket, FileNames.PathOf(hash), stop);
            return true;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    // The library tells faults of the network, of the server and of the settings by exceptions of many kinds.
    private static async Task<T> TryAsync<T>(Func<Task<T>> act, CancellationToken stop)
    {
        try
        {
            return await act();
        }
        catch (Exception away) when (!stop.IsCancellationRequested)
        {
            throw new FileShelfException(away.Message, away);
        }
    }
}
