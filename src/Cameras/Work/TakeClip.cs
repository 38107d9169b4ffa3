using System.Globalization;
using System.Security.Cryptography;
using Anlan.Cameras.Events;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Work;

/// <summary>Takes a clip of an event: ten seconds before it and twenty after, and the same with everybody's top third blurred.</summary>
internal sealed class TakeClip(CamerasDb db, FindCamera find, Attachments files, HotLog log, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, "/camera-work/clips/{cameraEvent:guid}", isBlurred: false, "A worker delivers the clip of an event");
        Map(api, "/camera-work/clips/{cameraEvent:guid}/blurred", isBlurred: true, "A worker delivers the clip of an event in which the top third of everybody is blurred");
    }

    /// <summary>Refused with <c>EventUnknown</c> and what the file store refuses.</summary>
    public async Task<Outcome> RunAsync(Guid id, bool isBlurred, DateTimeOffset? from, Stream content, CancellationToken stop)
    {
        // The read table trails the log by a moment; a clip comes twenty seconds after its event at the earliest, and is tried again.
        if (await db.Events.AsNoTracking().Where(seen => seen.Id == id).Select(seen => (CameraId?)seen.Camera).SingleOrDefaultAsync(stop) is not { } camera || find.Facts(camera.Value) is not { } facts) return Outcome.Refused(ReadPicture.Unknown(id));
        var part = isBlurred ? CameraFiles.BlurredClip : CameraFiles.Clip;
        if ((await files.AllAsync(CameraFiles.Kind, [id], stop)).Exists(file => file.Part == part)) return Outcome.Done;
        await using var hashed = new HashedStream(content);
        var added = await files.AddAsync(CameraFiles.OwnerOf(id, facts), part, hashed, CameraFiles.ClipTerms, stop);
        if (!added.IsDone) return Outcome.Refused(added.Refusals);
        // First the entry: a row without it would never get one, because the next delivery finds the clip there.
        var body = new CameraClipBody(camera.Value, id, isBlurred, hashed.Hash(), added.Value.Size, from);
        await log.AppendAsync(CameraClipBody.LogKind.Draft(facts.Subject, clock.GetUtcNow(), body) with { Once = string.Create(CultureInfo.InvariantCulture, $"camera.{part}/{id:N}") }, stop);
        await db.Context.SaveAsync(stop);
        return Outcome.Done;
    }

    private static void Map(IEndpointRouteBuilder api, string pattern, bool isBlurred, string summary) =>
        api.MapPut(pattern, (Guid cameraEvent, HttpRequest request, TakeClip slice, CancellationToken stop) => slice.RunAsync(cameraEvent, isBlurred, Taken(request), request.Body, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Work).AcceptsFile(CameraFiles.ClipTerms).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Camera work").WithSummary(summary);

    private static DateTimeOffset? Taken(HttpRequest request) =>
        DateTimeOffset.TryParse(request.Headers[WorkRoutes.TakenHeader], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null;

    // The store knows the hash of what it keeps, which is sealed; on record is the hash of what people see.
    private sealed class HashedStream(Stream inner) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public string Hash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            _hash.AppendData(buffer.Span[..read]);
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
