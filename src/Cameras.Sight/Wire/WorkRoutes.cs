using System.Text.Json;
using System.Text.Json.Serialization;

namespace Anlan.Cameras.Sight.Wire;

/// <summary>Where a worker asks and delivers; the key goes along as <c>Authorization: Bearer KEY</c>. Everything is asked by the worker: nobody reaches into a plant.</summary>
public static class WorkRoutes
{
    /// <summary>POST <see cref="LeaseRequest"/>, answered with <see cref="LeaseAnswer"/>; every two seconds.</summary>
    public const string Lease = "api/v1/camera-work/lease";

    /// <summary>POST <see cref="EventDelivery"/>, answered with <see cref="DeliveryAnswer"/>.</summary>
    public const string Events = "api/v1/camera-work/events";

    /// <summary>PUT a clip (video/mp4) of an event; 204 also when it is there already, 404 when the event is not known, 422 when it is no clip or too large.</summary>
    /// <param name="id">Id of the event.</param>
    /// <param name="isBlurred">True for the one in which the top third of everybody is blurred; each is delivered.</param>
    public static string Clip(Guid id, bool isBlurred) => $"api/v1/camera-work/clips/{id}{(isBlurred ? "/blurred" : "")}";

    /// <summary>PUT a live picture (image/jpeg), while somebody looks; <see cref="PeopleHeader"/> says who is in it.</summary>
    public static string Live(Guid camera) => $"api/v1/camera-work/{camera}/live";

    /// <summary>Header of a live picture: JSON list of <see cref="SeenPerson"/>.</summary>
    public const string PeopleHeader = "Anlan-People";

    /// <summary>Header of a live picture and of a clip: when it was taken or began, ISO 8601.</summary>
    public const string TakenHeader = "Anlan-Taken-At";
}

/// <summary>How these records are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LeaseRequest))]
[JsonSerializable(typeof(LeaseAnswer))]
[JsonSerializable(typeof(EventDelivery))]
[JsonSerializable(typeof(DeliveryAnswer))]
[JsonSerializable(typeof(IReadOnlyList<SeenPerson>))]
public sealed partial class WireJson : JsonSerializerContext;
