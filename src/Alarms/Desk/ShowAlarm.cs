using Anlan.Alarms.Board;
using Anlan.Alarms.Delivery;
using Anlan.Alarms.Escalation;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Desk;

/// <summary>One alarm with everything that is known of it: what was measured and what is allowed, who is told when, and every step.</summary>
internal sealed class ShowAlarm(AlarmsDb db, AlarmRows rows, AlarmWords words, AlarmKinds kinds, AlarmTimes times, IAccountNames accounts, IEnterprises enterprises, IPermissions permissions, AlarmReach reach, CurrentActor current)
{
    /// <param name="Alarm">The alarm.</param>
    /// <param name="Href">Page of its subject, where the reader may open it.</param>
    /// <param name="Do">What to do now, or null.</param>
    /// <param name="Owner">Who sees to it first, or null for a kind that no module declares any more.</param>
    /// <param name="Measured">What was measured, in words, or null.</param>
    /// <param name="Limit">What is allowed, in words, or null.</param>
    /// <param name="Rule">The rule that names the limit, or null.</param>
    /// <param name="RuleOn">The day that made the rule apply, or null.</param>
    /// <param name="IsEvidenceMissing">True when the kind needs more evidence than the alarm brought.</param>
    /// <param name="Steps">What happened, the oldest first.</param>
    /// <param name="Levels">When each level is told, or was.</param>
    /// <param name="Receipts">Who was told and by which way.</param>
    /// <param name="Acts">What the reader may do now.</param>
    public sealed record Shown(AlarmRow Alarm, string? Href, string? Do, AlarmOwner? Owner, string? Measured, string? Limit, string? Rule, DateOnly? RuleOn, bool IsEvidenceMissing, IReadOnlyList<Step> Steps, IReadOnlyList<Level> Levels, IReadOnlyList<Receipt> Receipts, IReadOnlyList<AlarmAct> Acts);

    /// <param name="Position">Position in the log.</param>
    /// <param name="Act">What was done.</param>
    /// <param name="At">When.</param>
    /// <param name="Side">For whom.</param>
    /// <param name="By">Who, or null for the platform itself.</param>
    /// <param name="OnBehalfOf">The colleague whose handed-on permission was used, or null.</param>
    /// <param name="IsByProgram">True when a program did it with a key.</param>
    /// <param name="For">The enterprise for which it was done, or null.</param>
    /// <param name="Latitude">Where the phone was, WGS-84, or null.</param>
    /// <param name="Longitude">Where the phone was, WGS-84, or null.</param>
    /// <param name="Note">Why, or what was found or done.</param>
    /// <param name="ToLevel">The level that was told, or is to be.</param>
    /// <param name="Told">How many people were told.</param>
    /// <param name="Messages">How many messages left.</param>
    public sealed record Step(long Position, AlarmAct Act, DateTimeOffset At, AlarmSide Side, string? By, string? OnBehalfOf, bool IsByProgram, string? For, double? Latitude, double? Longitude, string? Note, int? ToLevel, int? Told, int? Messages);

    /// <param name="Number">0 enterprise, 1 town station, 2 county, 3 city.</param>
    /// <param name="At">When it is told, or was.</param>
    /// <param name="IsTold">True when it was told.</param>
    /// <param name="Rule">The rule that says when, or null for the enterprise, which is told at once.</param>
    public sealed record Level(int Number, DateTimeOffset At, bool IsTold, string? Rule);

    /// <param name="By">Who was told, or which group; null for what is gone.</param>
    /// <param name="Level">At which level.</param>
    /// <param name="Channel">By which way.</param>
    /// <param name="At">When; of what is held: since when.</param>
    /// <param name="Message">What became of the message; null on the pages, while it is held, and for a message that is past its term.</param>
    /// <param name="IsHeld">True while it waits for a digest, because of quiet hours or of too many messages.</param>
    public sealed record Receipt(string? By, int Level, AlarmChannel Channel, DateTimeOffset At, MessageState? Message, bool IsHeld);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/alarms/{number:long}", (long number, ShowAlarm slice, CancellationToken stop) => slice.RunAsync(number, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Alarms").WithSummary("An alarm with its evidence and every step");

    public async Task<Outcome<Shown>> RunAsync(long number, CancellationToken stop)
    {
        if (await reach.Within(db.Alarms.AsNoTracking()).SingleOrDefaultAsync(alarm => alarm.Number == number, stop) is not { } alarm) return new Refusal("AlarmUnknown") { Measured = FactValue.Count(number) };
        var steps = await db.Steps.AsNoTracking().Where(step => step.Alarm == number).OrderBy(step => step.Seq).ToListAsync(stop);
        return new Shown(
            rows.Of(alarm), HrefOf(alarm), words.SayDo(alarm), kinds.Find(alarm.Kind)?.Owner, words.Say(alarm, alarm.MeasuredValue), words.Say(alarm, alarm.LimitValue), alarm.Rule, alarm.RuleOn, IsEvidenceMissing(alarm),
            [.. steps.Select(Read)], LevelsOf(alarm, steps), await ReceiptsOfAsync(number, stop), ActsOn(alarm));
    }

    private async Task<List<Receipt>> ReceiptsOfAsync(long number, CancellationToken stop)
    {
        var receipts = await db.Receipts.AsNoTracking().Where(receipt => receipt.Alarm == number).OrderBy(receipt => receipt.Id).ToListAsync(stop);
        var ids = receipts.Select(receipt => receipt.Message).OfType<Guid>().ToList();
        var states = await db.Context.Set<OutgoingMessage>().AsNoTracking().Where(message => ids.Contains(message.Id)).ToDictionaryAsync(message => message.Id, message => message.State, stop);
        var robots = receipts.Exists(receipt => receipt.Channel == AlarmChannel.Robot) ? await db.Robots.AsNoTracking().ToDictionaryAsync(robot => robot.Id, robot => robot.Name, stop) : [];
        return receipts.ConvertAll(receipt => new Receipt(
            receipt.Channel == AlarmChannel.Robot ? robots.GetValueOrDefault(receipt.Account) : accounts.NameOf(receipt.Account), receipt.Level, receipt.Channel, receipt.At,
            receipt.Message is { } id && states.TryGetValue(id, out var state) ? state : null, receipt.Message is null && receipt.Channel != AlarmChannel.Desk));
    }

    private string? HrefOf(Alarm alarm) => kinds.Find(alarm.Kind)?.Page is { } page && permissions.IsHeld(page.Permission, current.Actor) ? page.Of(alarm.Name) : null;

    private bool IsEvidenceMissing(Alarm alarm) => kinds.Find(alarm.Kind)?.Needs is { } needs && ((needs.HasFlag(AlarmEvidence.Measured) && alarm.Measured is null) || (needs.HasFlag(AlarmEvidence.Picture) && alarm.Picture is null));

    private List<Level> LevelsOf(Alarm alarm, List<AlarmStep> steps)
    {
        if (alarm.Enterprise is null && alarm.Division is null) return [];
        List<Level> levels = [new(0, alarm.RaisedAt, true, null)];
        for (var level = 1; level <= AlarmQuestions.Highest; level++)
        {
            var told = steps.Find(step => step.Act == AlarmAct.Escalate && step.Level == level);
            levels.Add(new Level(level, told?.At ?? times.DueAt(alarm, level), told is not null, times.RuleOf(alarm, level).Deciding.Id));
        }

        return levels;
    }

    private List<AlarmAct> ActsOn(Alarm alarm) => !permissions.IsHeld(AlarmsPermissions.Handle, current.Actor)
        ? []
        : [.. AlarmRule.Acts.Where(act => AlarmRule.Check(alarm, act) is null)];

    private Step Read(AlarmStep step) => new(
        step.Seq, step.Act, step.At, step.Side, step.Account is { } account ? accounts.NameOf(account) : null, step.OnBehalfOf is { } holder ? accounts.NameOf(holder) : null, step.ApiKey is not null, step.Enterprise is { } enterprise ? enterprises.Find(enterprise)?.Name : null,
        step.Latitude, step.Longitude, step.Note, step.Level, step.Told, step.Messages);
}
