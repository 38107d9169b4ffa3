using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Wire;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Log;

namespace Anlan.Cameras.Events;

/// <summary>
/// Makes alarms of what happens before cameras: one for each person and entry and each thing that is the matter, which goes on until the person was seen to leave or a named person said that all is well.
/// Nothing else ends what concerns somebody who vanished or lies there: every model overlooks people who lie.
/// </summary>
internal sealed class CameraTeller(CameraIndex cameras, ISpaces spaces, RuleBook book, CityCalendar calendar) : IAlarmTeller
{
    private static readonly AlarmKind[] OfEntry = [CameraAlarms.Intrusion, CameraAlarms.Vanished, CameraAlarms.Down, CameraAlarms.Rescue, CameraAlarms.Loitering];

    public IReadOnlyList<AlarmKind> Kinds { get; } = CameraAlarms.All;

    public IReadOnlyList<AlarmSignal> Tell(LogRecord record) => record.Body switch
    {
        CameraEventBody body when cameras.Find(new CameraId(body.Camera)) is { } camera => Tell(body, camera, record.At),
        EntryConfirmedBody confirmed when cameras.Find(new CameraId(confirmed.Camera)) is { } camera => EndEntry(camera, confirmed.Entry, record.At),
        _ => [],
    };

    private IReadOnlyList<AlarmSignal> Tell(CameraEventBody body, CameraFacts camera, DateTimeOffset at) => body.Kind switch
    {
        SightEventKind.Entered when body.Verdict == EntryVerdict.Intrusion => [OfPerson(CameraAlarms.Intrusion, body, camera, at).With(Rule(CameraQuestions.Entry, camera), FactValue.Count(body.Persons), FactValue.Count(body.Allowed ?? 0))],
        SightEventKind.Vanished => [OfPerson(CameraAlarms.Vanished, body, camera, at).With(Rule(CameraQuestions.Unseen, camera), FactValue.Of(TimeSpan.FromSeconds(body.Seconds ?? 0)), FactValue.Of(Rule(CameraQuestions.Unseen, camera).Span))],
        SightEventKind.Down => [OfPerson(CameraAlarms.Down, body, camera, at) with { Measured = FactValue.Count(body.Persons) }],
        SightEventKind.RushedIn => [OfPerson(CameraAlarms.Rescue, body, camera, at).With(Rule(CameraQuestions.Rescue, camera), FactValue.Count(body.Persons), FactValue.Count(1))],
        SightEventKind.Loitering => [OfPerson(CameraAlarms.Loitering, body, camera, at) with { Measured = FactValue.Of(TimeSpan.FromSeconds(body.Seconds ?? 0)), Limit = body.Allowed is { } most ? FactValue.Of(TimeSpan.FromSeconds(most)) : null }],
        SightEventKind.Left when body.Entry is { } entry => EndEntry(camera, entry, at),
        SightEventKind.Crowd => [OfZone(CameraAlarms.Crowd, body, camera, at) with { Measured = FactValue.Count(body.Persons), Limit = body.Allowed is { } most ? FactValue.Count(most) : null }],
        SightEventKind.CrowdOver => [OfZone(CameraAlarms.Crowd, body, camera, at) with { IsOver = true }],
        SightEventKind.PostEmpty => [OfZone(CameraAlarms.Post, body, camera, at).With(Rule(CameraQuestions.Post, camera), FactValue.Of(TimeSpan.FromSeconds(body.Seconds ?? 0)), FactValue.Of(Rule(CameraQuestions.Post, camera).Span))],
        SightEventKind.PostManned => [OfZone(CameraAlarms.Post, body, camera, at) with { IsOver = true }],
        SightEventKind.Sight when body.State is { } state => OfSight(state, camera, at),
        _ => [],
    };

    // Whatever else was the matter with the camera's sight is over: it is one thing at a time. A camera that was taken out of the register needs none.
    private List<AlarmSignal> OfSight(SightState state, CameraFacts camera, DateTimeOffset at) =>
        [.. CameraAlarms.Blind.Where(pair => pair.Key != state || !camera.IsRemoved).Select(pair => Signal(pair.Value, camera, camera.Subject, at) with { IsOver = pair.Key != state, Lasts = pair.Key == state })];

    private List<AlarmSignal> EndEntry(CameraFacts camera, Guid entry, DateTimeOffset at) =>
        [.. OfEntry.Select(kind => Signal(kind, camera, SubjectOf(camera, entry), at) with { IsOver = true })];

    private AlarmSignal OfPerson(AlarmKind kind, CameraEventBody body, CameraFacts camera, DateTimeOffset at) =>
        Signal(kind, camera, SubjectOf(camera, body.Entry ?? body.Id), at) with { Lasts = true, Picture = PictureOf(body), Source = ZoneOf(camera, body) };

    private AlarmSignal OfZone(AlarmKind kind, CameraEventBody body, CameraFacts camera, DateTimeOffset at) =>
        Signal(kind, camera, ZoneOf(camera, body), at) with { Lasts = true, Picture = PictureOf(body) };

    private AlarmSignal Signal(AlarmKind kind, CameraFacts camera, string subject, DateTimeOffset at) =>
        new(kind, subject, camera.Code, at) { Enterprise = camera.Enterprise.Value, Division = camera.Division, Place = spaces.Find(camera.Space)?.Place };

    private RuleAnswer Rule(string question, CameraFacts camera) => book.Demand(question, new RuleCase(calendar.Today) { Place = camera.Division });

    private static string SubjectOf(CameraFacts camera, Guid entry) => $"{camera.Subject}/entry/{entry:N}";

    private static string ZoneOf(CameraFacts camera, CameraEventBody body) => $"{camera.Subject}/zone/{body.Zone}";

    private static string? PictureOf(CameraEventBody body) => body.Picture is null ? null : ReadPicture.AddressOf(body.Id);
}

/// <summary>Names the rule behind a signal.</summary>
internal static class RuledSignals
{
    /// <summary>With what was measured and what the rule allows.</summary>
    public static AlarmSignal With(this AlarmSignal signal, RuleAnswer rule, FactValue measured, FactValue limit) =>
        signal with { Measured = measured, Limit = limit, Rule = rule.Deciding.Id, RuleOn = rule.Rules[0].On };
}
