using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Anlan.Toolkit.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Import;

/// <summary>Brings one import through its states, part by part. A part is judged and written while nobody else saves, in one commit with the mark that it is done.</summary>
internal sealed class ImportWork(AnlanDb db, PersonalFields fields, SheetForms forms, IServiceProvider services, IPermissions permissions, CurrentActor current, CleanCheck clean, LiveFeed feed, TimeProvider clock)
{
    public async Task RunAsync(Guid id, CancellationToken stop)
    {
        var run = await db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, stop);
        if (forms.Find(run.Kind) is not { } form || !permissions.IsHeld(form.Permission, current.Actor))
        {
            await GiveUpAsync(id, "Forbidden", stop);
            return;
        }

        switch (run.State)
        {
            case ImportState.Checking: await CheckAsync(run, form, ImportState.Checked, stop); break;
            case ImportState.Applying: await ApplyAsync(run, form, stop); break;
            default: await TakeBackAsync(run, form, stop); break;
        }
    }

    /// <summary>Ends an import without its aim; what it wrote stays and can be undone.</summary>
    public Task GiveUpAsync(Guid id, string code, CancellationToken stop) => ChangeAsync(id, run =>
    {
        run.Enter(ImportState.Failed, clock.GetUtcNow(), code);
        db.Audit("imports.failed", $"import/{id}", new { kind = run.Kind, code });
    }, stop);

    // The dry run: everything is judged, nothing written but what is wrong.
    private async Task<bool> CheckAsync(ImportRun run, SheetForm form, ImportState next, CancellationToken stop)
    {
        var (pass, tally, ground) = (NewPass(run, form), new Tally(), clean.Ground);
        var last = await CountAsync(run.Id, stop);
        for (var number = 1; number <= last; number++)
        {
            var part = await db.Set<ImportPart>().AsNoTracking().SingleAsync(p => p.Run == run.Id && p.Number == number, stop);
            var judged = await pass.JudgeAsync(part, stop);
            db.Forget();
            tally.Add(judged);
            db.Attach(part);
            part.Seal(fields, "findings", FaultsOf(judged));
            await ChangeAsync(run.Id, r => tally.WriteTo(r, number == last ? 0 : tally.Rows), stop);
        }

        var isClean = tally.Refused == 0;
        if (isClean) clean.Keep(run.Id, ground);
        await ChangeAsync(run.Id, r =>
        {
            if (next == ImportState.Checked) r.Enter(ImportState.Checked, clock.GetUtcNow());
            else if (!isClean) r.Enter(ImportState.Checked, clock.GetUtcNow(), "ImportNoLongerClean");
        }, stop);
        return isClean;
    }

    private async Task ApplyAsync(ImportRun run, SheetForm form, CancellationToken stop)
    {
        var parts = await db.Set<ImportPart>().Where(p => p.Run == run.Id).OrderBy(p => p.Number).Select(p => new { p.Number, p.IsApplied }).ToListAsync(stop);
        // All or nothing: once more, if anybody saved since the dry run.
        var isFresh = clean.Holds(run.Id) && !SheetOf(form).JudgesByWork;
        if (!run.IsGoodRowsOnly && !parts.Exists(part => part.IsApplied) && !isFresh && !await CheckAsync(run, form, ImportState.Applying, stop)) return;
        if (!parts.Exists(part => part.IsApplied)) await ChangeAsync(run.Id, r => new Tally().WriteTo(r, 0), stop);

        var pass = NewPass(run, form);
        foreach (var part in parts)
        {
            if (part.IsApplied) await RememberAsync(run, pass, part.Number, stop);
            else if (!await WriteAsync(run, pass, part.Number, stop)) break;
        }

        if (await db.Set<ImportPart>().AnyAsync(p => p.Run == run.Id && !p.IsApplied, stop))
        {
            await ChangeAsync(run.Id, r => r.Enter(ImportState.TakingBack, clock.GetUtcNow(), "ImportNoLongerClean"), stop);
            return;
        }

        await ChangeAsync(run.Id, r =>
        {
            r.Enter(ImportState.Applied, clock.GetUtcNow());
            db.Audit("imports.applied", $"import/{r.Id}", new { kind = r.Kind, rows = r.Rows, created = r.Created, updated = r.Updated, same = r.Same, refused = r.Refused, goodRowsOnly = r.IsGoodRowsOnly });
        }, stop);
    }

    // Written before a restart: what it holds must not come twice.
    private async Task RememberAsync(ImportRun run, ImportPass pass, int number, CancellationToken stop)
    {
        await pass.JudgeAsync(await db.Set<ImportPart>().AsNoTracking().SingleAsync(p => p.Run == run.Id && p.Number == number, stop), stop);
        db.Forget();
    }

    // False when a row is refused although all were to be written: then nothing of the part is.
    private async Task<bool> WriteAsync(ImportRun run, ImportPass pass, int number, CancellationToken stop)
    {
        var isRefused = false;
        try
        {
            await db.SaveInTurnAsync(async () =>
            {
                db.WritesManyRows = true;
                var part = await db.Set<ImportPart>().SingleAsync(p => p.Run == run.Id && p.Number == number, stop);
                var judged = await pass.JudgeAsync(part, stop);
                isRefused = !run.IsGoodRowsOnly && judged.Any(row => row.Plan.Effect == RowEffect.Refused);
                if (isRefused)
                {
                    db.Forget();
                    return;
                }

                Write(part, judged);
                await TallyAsync(run.Id, judged, stop);
            }, stop);
        }
        catch (Exception conflict) when (AnlanDb.IsConflict(conflict))
        {
            db.Forget();
            if (!run.IsGoodRowsOnly) isRefused = true;
            else await RefuseAllAsync(run.Id, number, stop);
        }

        db.Forget();
        feed.Tell(ImportTopics.Of(run.Id));
        return !isRefused;
    }

    private void Write(ImportPart part, IReadOnlyList<JudgedRow> judged)
    {
        var changes = judged.Where(row => row.Plan.Write is not null).Select(row => (row.Row, Change: row.Plan.Write!())).ToList();
        part.Seal(fields, "findings", FaultsOf(judged));
        // The save that follows raises the version of what is edited; new rows begin with 1.
        part.Seal(fields, "changes", changes.ConvertAll(done => new KeptChange(done.Row, done.Change.Subject, done.Change.Before is null ? 1 : done.Change.Entity.Version + 1, done.Change.Before)));
        part.IsApplied = true;
    }

    // The database said no where memory said yes: the part is refused and said to be, nothing is lost.
    private Task RefuseAllAsync(Guid run, int number, CancellationToken stop) => db.SaveInTurnAsync(async () =>
    {
        var part = await db.Set<ImportPart>().SingleAsync(p => p.Run == run && p.Number == number, stop);
        List<JudgedRow> refused = [.. part.Open<FileRow>(fields, "content").Select(row => new JudgedRow(row.N, RowPlan.Refused(new Refusal("ChangedMeanwhile"))))];
        part.Seal(fields, "findings", FaultsOf(refused));
        part.IsApplied = true;
        await TallyAsync(run, refused, stop);
    }, stop);

    private async Task TallyAsync(Guid id, IReadOnlyList<JudgedRow> judged, CancellationToken stop)
    {
        var run = await db.Set<ImportRun>().SingleAsync(r => r.Id == id, stop);
        var tally = new Tally(run);
        tally.Add(judged);
        tally.WriteTo(run, tally.Rows);
    }

    private async Task TakeBackAsync(ImportRun run, SheetForm form, CancellationToken stop)
    {
        var applied = await db.Set<ImportPart>().Where(p => p.Run == run.Id && p.IsApplied).OrderByDescending(p => p.Number).Select(p => p.Number).ToListAsync(stop);
        // Somebody who undoes hears everything that stands against it before anything is touched.
        if (run.State == ImportState.Undoing && run.Done == 0 && !await LookAsync(run, form, applied, stop)) return;

        var sheet = SheetOf(form);
        var left = 0;
        foreach (var number in applied)
        {
            var obstacles = 0;
            await db.SaveInTurnAsync(async () =>
            {
                db.WritesManyRows = true;
                var part = await db.Set<ImportPart>().SingleAsync(p => p.Run == run.Id && p.Number == number, stop);
                var changes = part.Open<KeptChange>(fields, "changes");
                var plans = await sheet.PlanUndoAsync(changes, stop);
                // Undoing takes back whole parts or leaves them; after a refusal everything goes that can.
                obstacles = plans.Count(plan => plan.Obstacle is not null);
                part.Seal(fields, "obstacles", ObstaclesOf(changes, plans));
                if (obstacles == 0 || run.State == ImportState.TakingBack)
                {
                    foreach (var plan in plans.Where(plan => plan.Obstacle is null)) plan.Write?.Invoke();
                    part.Seal(fields, "changes", changes.Where((_, at) => plans[at].Obstacle is not null).ToList());
                    part.IsApplied = obstacles > 0;
                }

                var row = await db.Set<ImportRun>().SingleAsync(r => r.Id == run.Id, stop);
                row.Done += part.Rows;
                row.Obstacles = left + obstacles;
            }, stop);
            left += obstacles;
            db.Forget();
            feed.Tell(ImportTopics.Of(run.Id));
        }

        await ChangeAsync(run.Id, r =>
        {
            var isDone = left == 0;
            r.Enter(run.State == ImportState.TakingBack ? ImportState.Failed : isDone ? ImportState.Undone : ImportState.Applied, clock.GetUtcNow(), run.State == ImportState.TakingBack ? "ImportNoLongerClean" : isDone ? null : "ImportNotUndone");
            db.Audit(isDone ? "imports.undone" : "imports.notUndone", $"import/{r.Id}", new { kind = r.Kind, obstacles = left });
        }, stop);
    }

    private async Task<bool> LookAsync(ImportRun run, SheetForm form, IReadOnlyList<int> applied, CancellationToken stop)
    {
        var (sheet, obstacles) = (SheetOf(form), 0);
        foreach (var number in applied)
        {
            var part = await db.Set<ImportPart>().AsNoTracking().SingleAsync(p => p.Run == run.Id && p.Number == number, stop);
            var changes = part.Open<KeptChange>(fields, "changes");
            var plans = await sheet.PlanUndoAsync(changes, stop);
            obstacles += plans.Count(plan => plan.Obstacle is not null);
            db.Forget();
            db.Attach(part);
            part.Seal(fields, "obstacles", ObstaclesOf(changes, plans));
            await db.SaveAsync(stop);
            db.Forget();
        }

        if (obstacles == 0) return true;
        await ChangeAsync(run.Id, r =>
        {
            r.Enter(ImportState.Applied, clock.GetUtcNow(), "ImportNotUndone");
            r.Obstacles = obstacles;
            db.Audit("imports.notUndone", $"import/{r.Id}", new { kind = r.Kind, obstacles });
        }, stop);
        return false;
    }

    private async Task ChangeAsync(Guid id, Action<ImportRun> change, CancellationToken stop)
    {
        await db.SaveInTurnAsync(async () => change(await db.Set<ImportRun>().SingleAsync(r => r.Id == id, stop)), stop);
        db.Forget();
        feed.Tell(ImportTopics.Of(id));
    }

    private Task<int> CountAsync(Guid run, CancellationToken stop) => db.Set<ImportPart>().CountAsync(p => p.Run == run, stop);

    private ImportSheet SheetOf(SheetForm form) => (ImportSheet)ActivatorUtilities.CreateInstance(services, form.Sheet);

    private ImportPass NewPass(ImportRun run, SheetForm form) => new(forms, form, SheetLayout.Of(forms, form, run.HeadersOf()).Value, SheetOf(form), fields);

    private static List<RowFault> FaultsOf(IReadOnlyList<JudgedRow> judged) => [.. judged.SelectMany(row => row.Plan.Refusals.Select(refusal => new RowFault(row.Row, refusal)))];

    private static List<RowFault> ObstaclesOf(IReadOnlyList<KeptChange> changes, IReadOnlyList<UndoPlan> plans) =>
        [.. changes.Zip(plans).Where(pair => pair.Second.Obstacle is not null).Select(pair => new RowFault(pair.First.Row, pair.Second.Obstacle!))];

    /// <summary>Rows by what becomes of them.</summary>
    private sealed class Tally
    {
        private readonly int[] _counts = new int[4];

        public Tally()
        {
        }

        public Tally(ImportRun run) => (_counts[(int)RowEffect.Created], _counts[(int)RowEffect.Updated], _counts[(int)RowEffect.Same], _counts[(int)RowEffect.Refused]) = (run.Created, run.Updated, run.Same, run.Refused);

        public int Rows => _counts.Sum();

        public int Refused => _counts[(int)RowEffect.Refused];

        public void Add(IReadOnlyList<JudgedRow> judged)
        {
            foreach (var row in judged) _counts[(int)row.Plan.Effect]++;
        }

        public void WriteTo(ImportRun run, int done) => (run.Created, run.Updated, run.Same, run.Refused, run.Done) =
            (_counts[(int)RowEffect.Created], _counts[(int)RowEffect.Updated], _counts[(int)RowEffect.Same], Refused, done);
    }
}
