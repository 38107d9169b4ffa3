using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Clips;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Pipeline;

namespace Anlan.Cameras.Worker.Desk;

/// <summary>Sends live pictures: one at a time for each camera, so that a slow line gets fewer of them and none is old; of all cameras never so many that the server would find the key too busy for an alarm.</summary>
internal sealed class LiveWindow(ServerLine line, TimeProvider clock, CancellationToken stop) : ILiveWindow
{
    private const int MostPeople = 30;
    private const int MostASecond = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _busyUntil = new();
    private readonly Lock _turn = new();
    private long _second;
    private int _sent;

    public void Offer(Guid camera, Picture picture, IReadOnlyList<SeenPerson> people)
    {
        if (!_busyUntil.TryAdd(camera, DateTimeOffset.MaxValue) && !(_busyUntil.TryGetValue(camera, out var until) && until <= picture.TakenAt && _busyUntil.TryUpdate(camera, DateTimeOffset.MaxValue, until))) return;
        if (!HasRoom())
        {
            _busyUntil[camera] = DateTimeOffset.MinValue;
            return;
        }

        var (image, taken) = (EvidencePicture.Small(picture), picture.TakenAt);
        _ = Task.Run(() => SendAsync(camera, image, taken, [.. people.Take(MostPeople)]), CancellationToken.None);
    }

    private bool HasRoom()
    {
        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_turn)
        {
            if (second != _second) (_second, _sent) = (second, 0);
            return ++_sent <= MostASecond;
        }
    }

    private async Task SendAsync(Guid camera, byte[] image, DateTimeOffset taken, IReadOnlyList<SeenPerson> people)
    {
        var isShown = false;
        try
        {
            isShown = await line.ShowAsync(camera, image, taken, people, stop) is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            // The next one may arrive.
            isShown = false;
        }
        finally
        {
            _busyUntil[camera] = isShown ? DateTimeOffset.MinValue : clock.GetUtcNow() + Pause;
        }
    }
}
