using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Accounts.CertificateClaims;
using Anlan.Alarms.Board;
using Anlan.Alarms.Feedback;
using Anlan.Alarms.Rosters;
using Anlan.Accounts.Registry;
using Anlan.Cameras.Events;
using Anlan.Cameras.Live;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Work;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Devices.Registry;
using Anlan.Host.Privacy.People;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Simulator.County;
using Anlan.Tests.Platform.Toolkit.Files;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Anlan.Welding.Interlock;
using Anlan.Welding.Loans;
using Anlan.Welding.Machines;
using Anlan.Welding.Problems;
using Anlan.Welding.Profiles;
using Anlan.Welding.Sessions;
using Anlan.Welding.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Access;

/// <summary>A works with everything that hangs on it, in a town: at least one record of every entity. The same in every world, so that whatever one hides the other shows.</summary>
internal sealed class PlantedWorld
{
    private readonly ScopedServer _server;
    private readonly HttpClient _chief;
    private readonly string _name;
    private readonly string _town;
    private readonly Random _dice;

    private PlantedWorld(ScopedServer server, HttpClient chief, string name, string town) => (_server, _chief, _name, _town, _dice) = (server, chief, name, town, new Random(name.Sum(letter => letter)));

    /// <summary>Words that no other world has and that a page could print.</summary>
    public List<string> Words { get; } = [];

    public Guid Enterprise { get; private set; }

    public Guid Person { get; private set; }

    public Guid Machine { get; private set; }

    /// <summary>Account of the safety manager.</summary>
    public Guid SafetyAccount { get; private set; }

    /// <summary>Account of the one who stands in for the safety manager.</summary>
    public Guid DeputyAccount { get; private set; }

    /// <summary>Number of an alarm at the machine.</summary>
    public long Alarm { get; private set; }

    public Guid Organ { get; private set; }

    /// <summary>An erasure of the person that waits.</summary>
    public Guid Erasure { get; } = Guid.CreateVersion7();

    public string IdentityNumber { get; private set; } = "";

    public string CreditCode { get; private set; } = "";

    public string MachineCode => $"WJ-{_name.ToUpperInvariant()}-1";

    /// <summary>A machine that waits for its chip.</summary>
    public string BareMachineCode => $"WJ-{_name.ToUpperInvariant()}-2";

    public string SpaceCode => $"KJ-{_name.ToUpperInvariant()}-1";

    public string CameraCode => $"CAM-{_name.ToUpperInvariant()}-1";

    public Guid Space { get; private set; }

    public string Serial => $"CHIP-{_name.ToUpperInvariant()}-1";

    public string LooseSerial => $"CHIP-{_name.ToUpperInvariant()}-2";

    public string CertificateNumber => $"ZS{_name.ToUpperInvariant()}0001";

    public string Town => _town;

    /// <param name="server">The server.</param>
    /// <param name="chief">Whoever may do everything.</param>
    /// <param name="name">A word that occurs nowhere else.</param>
    /// <param name="town">Statistics code of the town.</param>
    /// <param name="hasOrgans">Also its county bureau, town station and fire brigade with staff; false for a second works in the same town.</param>
    public static async Task<PlantedWorld> PlantAsync(ScopedServer server, HttpClient chief, string name, string town, bool hasOrgans)
    {
        var world = new PlantedWorld(server, chief, name, town);
        if (hasOrgans) await world.OrgansAsync();
        await world.EnterpriseAsync();
        await world.PeopleAsync();
        await world.MachinesAsync(hasOrgans);
        await world.SpaceAsync();
        await world.CameraAsync();
        await world.WhatTheLogToldAsync();
        await world.AlarmAsync();
        await world.RosterAsync();
        await world.ViewsAsync(hasOrgans);
        await world.WebhookAsync();
        await world.ImportAsync();
        await server.Services.GetRequiredService<ProfileDesk>().RunAsync(CancellationToken.None);
        return world;
    }

    /// <summary>User name of a member of staff: <c>county</c>, <c>station</c>, <c>fire</c>, <c>fitter</c>, <c>safety</c>, <c>welder</c>.</summary>
    public string UserName(string post) => $"{post}-{_name}";

    /// <summary>What a route would take to add one more good record to this world; null where the route adds none.</summary>
    /// <param name="route">Method and pattern.</param>
    public object? Addition(string route) => route switch
    {
        "POST /api/v1/enterprises" => new { name = $"{_name}-more", creditCode = InventedNumbers.CreditCode(_dice, InventedNumbers.NoPlace), division = _town, kind = "company" },
        "POST /api/v1/enterprises/{enterprise:guid}/people" => new { name = $"{_name}-more", identityNumber = InventedNumbers.Identity(_dice), kind = "permanent", from = "2026-01-05" },
        "POST /api/v1/employments" => new { person = Person, enterprise = Enterprise, kind = "temporary", from = "2025-12-01", to = "2025-12-31" },
        "POST /api/v1/invitations" => new { role = "safety-manager", enterprise = Enterprise, displayName = $"{_name}-more" },
        // Everybody here has an account, so that nothing is made; but it is asked before the works is closed.
        "POST /api/v1/invitations/many" => new { enterprise = Enterprise, again = true },
        "POST /api/v1/certificates/{certificate:guid}/scans" => SomeFiles.Png(2_000, _dice.Next()),
        "POST /api/v1/machines/{code}/files" => SomeFiles.Png(2_000, _dice.Next()),
        "POST /api/v1/machines/{code}/fitting/photos" => SomeFiles.Png(2_000, _dice.Next()),
        "POST /api/v1/machines/{code}/loans" => new { kind = "lent", creditCode = CreditCode, to = "2090-01-01" },
        "POST /api/v1/certificates" => new { person = Person, number = $"ZS{_dice.Next():D10}", category = "welding", subItem = "fusion", issuedOn = "2026-03-02", expiresOn = "2032-03-01" },
        "POST /api/v1/machines" => new { code = $"WJ-{_dice.Next():D10}", kind = "electric", model = $"{_name}-model", ratedCurrent = 400, userEnterprise = Enterprise, division = _town, site = $"{_name} hall", latitude = 30.5, longitude = 120.0, datum = "wgs84" },
        "POST /api/v1/cameras" or "PUT /api/v1/cameras/{code}" => new { name = $"{_name}-camera", space = Space, address = "rtsp://10.9.8.7/stream" },
        "PUT /api/v1/cameras/{code}/zones" => new { seen = 1, zones = Zones() },
        "POST /api/v1/cameras/{code}/zones/preview" => Zones(),
        "PUT /api/v1/camera-work/{camera:guid}/live" => Jpeg,
        "PUT /api/v1/camera-work/clips/{cameraEvent:guid}" or "PUT /api/v1/camera-work/clips/{cameraEvent:guid}/blurred" => Clip,
        "POST /api/v1/spaces" or "PUT /api/v1/spaces/{code}" => ASpace(null),
        "POST /api/v1/organs/{organ:guid}/assignments" => new { enterprise = Enterprise, basis = $"{_name}-more" },
        "POST /api/v1/alarms/duty/shifts" => new { account = SafetyAccount, days = "every", from = "08:00:00", to = "20:00:00" },
        "POST /api/v1/alarms/duty/leaves" => new { account = SafetyAccount, substitute = DeputyAccount, firstDay = "2026-05-01", lastDay = "2026-05-02" },
        "POST /api/v1/alarms/acknowledge" => new { numbers = new[] { Alarm } },
        "POST /api/v1/organs" => new { kind = "townStation", nameZh = $"{_name}-{_dice.Next()}", nameEn = $"{_name}-{_dice.Next()}", seat = _town },
        "POST /api/v1/people/{person:guid}/reveal" => new { reason = $"{_name} at the door", fields = new[] { "name" } },
        "POST /api/v1/service-accounts" => new { userName = $"service-{_dice.Next()}", displayName = $"{_name}-more", role = "safety-manager", enterprise = Enterprise },
        "PUT /api/v1/organs/{organ:guid}" => new { nameZh = $"{_name}-renamed", nameEn = $"{_name}-renamed-en" },
        _ => null,
    };

    private async Task OrgansAsync()
    {
        var county = await OrganAsync("countyBureau", "county", _town[..6], _server.CityBureau);
        var station = await OrganAsync("townStation", "station", _town, county);
        var fire = await OrganAsync("fireBrigade", "fire", _town[..6]);
        Organ = county;
        foreach (var (post, organ, role) in new[] { ("county", county, "county-bureau"), ("station", station, "town-station"), ("fire", fire, "fire-brigade"), ("fitter", county, "installer") })
        {
            await _server.ClaimAsync(await PostAsync("invitations", new { role, organ, displayName = $"{post} {_name}" }), UserName(post));
        }
    }

    private async Task<Guid> OrganAsync(string kind, string post, string division, Guid? parent = null)
    {
        Words.Add($"{_name}-{post}-organ");
        var organ = (await PostAsync("organs", new { kind, nameZh = $"{_name}-{post}-organ", nameEn = $"{_name}-{post}-organ-en", parent, seat = division })).GetProperty("id").GetGuid();
        await PostAsync($"organs/{organ}/assignments", new { division, basis = $"{_name}-basis" });
        return organ;
    }

    private async Task EnterpriseAsync()
    {
        CreditCode = InventedNumbers.CreditCode(_dice, InventedNumbers.NoPlace);
        Words.AddRange([$"{_name}-works", CreditCode]);
        Enterprise = (await PostAsync("enterprises", new { name = $"{_name}-works", creditCode = CreditCode, division = _town, address = $"{_name} Road 1", kind = "company" })).GetProperty("id").GetGuid();
        await _server.ClaimAsync(await PostAsync("invitations", new { role = "safety-manager", enterprise = Enterprise, displayName = $"safety {_name}" }), UserName("safety"));
        await _server.ClaimAsync(await PostAsync("invitations", new { role = "safety-manager", enterprise = Enterprise, displayName = $"deputy {_name}" }), UserName("deputy"));
        await PostAsync("invitations", new { role = "safety-manager", enterprise = Enterprise, displayName = $"open {_name}" });
        await _server.ClaimAsync(await PostAsync("invitations", new { role = "principal-responsible", enterprise = Enterprise, displayName = $"principal {_name}" }), UserName("principal"));
        using var safety = await _server.SignInAsync(UserName("safety"));
        using var principal = await _server.SignInAsync(UserName("principal"));
        var colleague = (await principal.GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("account").GetGuid();
        var today = TimeProvider.System.GetUtcNow();
        (await safety.PostAsJsonAsync("/api/v1/me/keys", new { name = $"{_name}-key", permissions = new[] { "enterprises.view" }, lastDay = today.AddDays(90).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })).EnsureSuccessStatusCode();
        (await safety.PostAsJsonAsync("/api/v1/me/delegations", new
        {
            @delegate = colleague,
            permissions = new[] { "enterprises.edit" },
            firstDay = today.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            lastDay = today.AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            number = $"{_name}-7",
            title = $"{_name}-leave",
            text = "While away.",
        })).EnsureSuccessStatusCode();
        var account = _server.Services.GetRequiredService<AccountIndex>().All.Single(account => account.UserName == UserName("safety"));
        await PostAsync($"accounts/{account.Id}/resets", new { reason = $"{_name} lost the phone" });
    }

    private async Task PeopleAsync()
    {
        IdentityNumber = InventedNumbers.Identity(_dice);
        Words.AddRange([IdentityNumber, CertificateNumber]);
        Person = (await PostAsync("people", new { name = $"{_name}-formerly", identityNumber = IdentityNumber, phone = "1390000" + _dice.Next(1_000, 9_999) })).GetProperty("id").GetGuid();
        (await _chief.PutAsJsonAsync($"/api/v1/people/{Person}", new { name = $"{_name}-welder", phone = "13900000000" })).EnsureSuccessStatusCode();
        await PostAsync("employments", new { person = Person, enterprise = Enterprise, kind = "permanent", from = "2026-01-05" });
        var certificate = (await PostAsync("certificates", new { person = Person, number = CertificateNumber, category = "welding", subItem = "fusion", issuedOn = "2026-03-02", expiresOn = "2032-03-01", authority = $"{_name}-authority" })).GetProperty("id").GetGuid();
        (await _chief.PutAsJsonAsync($"/api/v1/certificates/{certificate}", new { number = CertificateNumber, category = "welding", subItem = "fusion", issuedOn = "2026-03-02", expiresOn = "2032-03-01", authority = $"{_name}-office" })).EnsureSuccessStatusCode();
        await AttachAsync($"certificates/{certificate}/scans");
        await _server.ClaimAsync(await PostAsync("invitations", new { person = Person }), UserName("welder"), CertificateNumber);
    }

    private async Task MachinesAsync(bool hasOrgans)
    {
        Words.AddRange([MachineCode, BareMachineCode, Serial, LooseSerial]);
        await PostAsync("chips", new { serial = Serial });
        if (hasOrgans) (await (await _server.SignInAsync(UserName("county"))).PostAsJsonAsync("/api/v1/chips", new { serial = LooseSerial })).EnsureSuccessStatusCode();
        foreach (var code in new[] { MachineCode, BareMachineCode })
        {
            await PostAsync("machines", new { code, kind = "electric", model = $"{_name}-model", ratedCurrent = 400, userEnterprise = Enterprise, division = _town, site = $"{_name} hall", latitude = 30.5, longitude = 120.0, datum = "wgs84" });
        }

        await AttachAsync($"machines/{MachineCode}/files");
        await PostAsync($"machines/{MachineCode}/chip", new { serial = Serial });
        Machine = _server.Services.GetRequiredService<MachineIndex>().FindByCode(MachineCode)!.Id.Value;
    }

    private async Task SpaceAsync()
    {
        Words.Add(SpaceCode);
        Space = (await PostAsync("spaces", ASpace(SpaceCode))).GetProperty("id").GetGuid();
    }

    private static byte[] Jpeg => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 1, 2, 3, 4];

    private static byte[] Clip => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, 1, 2, 3, 4];

    private object[] Zones() => [new { number = 1, name = $"{_name}-zone", kind = "exclusion", corners = new[] { new { x = 0.1, y = 0.1 }, new { x = 0.9, y = 0.1 }, new { x = 0.5, y = 0.9 } } }];

    // A camera with a zone, an exit with its picture and clips (an entry would be an alarm that goes further up meanwhile), somebody's word that all is well, and whoever looks through it.
    private async Task CameraAsync()
    {
        Words.Add(CameraCode);
        var camera = (await PostAsync("cameras", new { code = CameraCode, name = $"{_name}-camera", space = Space, address = "rtsp://10.9.8.7/stream" })).GetProperty("id").GetGuid();
        (await _chief.PutAsJsonAsync($"/api/v1/cameras/{CameraCode}/zones", new { seen = 0, zones = Zones() })).EnsureSuccessStatusCode();
        var (entry, at) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        await PostAsync("camera-work/events", new { worker = $"{_name}-worker", events = new[] { new { id = entry, camera, kind = "left", at, zoneVersion = 1, zone = 1, entry, persons = 1, picture = Jpeg, blurredPicture = Jpeg, hasClip = true, people = Array.Empty<object>() } } });
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var scope = _server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        while (!await db.Set<CameraEvent>().AnyAsync(seen => seen.Id == entry, deadline.Token)) await Task.Delay(20, deadline.Token);
        foreach (var path in (string[])["", "/blurred"])
        {
            using var clip = new ByteArrayContent(Clip) { Headers = { ContentType = new("video/mp4") } };
            (await _chief.PutAsync($"/api/v1/camera-work/clips/{entry}{path}", clip)).EnsureSuccessStatusCode();
        }

        while (await db.Set<CameraClip>().CountAsync(kept => kept.Event == entry, deadline.Token) < 2) await Task.Delay(20, deadline.Token);
        _server.Services.GetRequiredService<LiveDesk>().Put(new CameraId(camera), at, Jpeg, "[]");
        db.Add(new CameraLease { Camera = new CameraId(camera), Worker = $"{_name}-worker", Account = Guid.CreateVersion7(), Since = at });
        db.Add(new ConfirmedEntry { Seq = 3_000_000 + _dice.Next(1_000_000), Camera = new CameraId(camera), Entry = Guid.CreateVersion7(), Account = Guid.CreateVersion7(), At = at, Note = $"{_name} was there" });
        await db.SaveAsync();
    }

    private object ASpace(string? code) => new
    {
        code,
        name = $"{_name}-pool",
        kind = "sewagePool",
        hazards = new[] { "hydrogenSulfide" },
        enterprise = Enterprise,
        responsible = Person,
        division = _town,
        site = $"{_name} yard",
        latitude = 30.5,
        longitude = 120.0,
        datum = "wgs84",
        risk = "major",
        access = "lock",
        hasNoticeBoard = true,
    };

    // Told to both sides, with a preference of the safety manager; no minute of it is so short that it goes further up meanwhile.
    private async Task AlarmAsync()
    {
        using var safety = await _server.SignInAsync(UserName("safety"));
        (await safety.PutAsJsonAsync("/api/v1/me/alarms", new { mail = $"{_name}@example.cn", mailFrom = "notice" })).EnsureSuccessStatusCode();
        var told = new ConditionBody("welding.idle", $"machine/{Machine}", MachineCode, false, Enterprise, _town, FactValue.Of(TimeSpan.FromMinutes(21)), FactValue.Of(TimeSpan.FromMinutes(20)), null, null);
        Alarm = (await _server.Services.GetRequiredService<HotLog>().AppendAsync(ConditionBody.LogKind.Draft(told.Subject, TimeProvider.System.GetUtcNow(), told))).Seq;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await IsToldAsync()) await Task.Delay(20, deadline.Token);
    }

    private async Task<bool> IsToldAsync()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<AlarmStep>().AnyAsync(step => step.Alarm == Alarm && step.Act == AlarmAct.Push);
    }

    // On duty, away, and a group that is told of the alarms of the works.
    private async Task RosterAsync()
    {
        using var safety = await _server.SignInAsync(UserName("safety"));
        using var deputy = await _server.SignInAsync(UserName("deputy"));
        SafetyAccount = await AccountAsync(safety);
        DeputyAccount = await AccountAsync(deputy);
        (await safety.PostAsJsonAsync("/api/v1/alarms/robots", new { name = $"{_name}-group", webhook = "https://oapi.dingtalk.com/robot/send?access_token=none", secret = "SECnone", from = "severe" })).EnsureSuccessStatusCode();
        await using var scope = _server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        db.Add(new DutyShift { Id = Guid.CreateVersion7(), Enterprise = new EnterpriseId(Enterprise), Account = first, From = new TimeOnly(8, 0), To = new TimeOnly(20, 0), FirstDay = new DateOnly(2026, 1, 1) });
        db.Add(new DutyLeave { Id = Guid.CreateVersion7(), Enterprise = new EnterpriseId(Enterprise), Account = first, Substitute = second, FirstDay = new DateOnly(2026, 5, 1), LastDay = new DateOnly(2026, 5, 5) });
        await db.SaveAsync();
    }

    private static async Task<Guid> AccountAsync(HttpClient browser) => (await browser.GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("account").GetGuid();

    // Kept by the safety manager and, lent to the bureau's staff, by the county.
    private async Task ViewsAsync(bool hasOrgans)
    {
        foreach (var post in hasOrgans ? (string[])["safety", "county"] : ["safety"])
        {
            using var keeper = await _server.SignInAsync(UserName(post));
            (await keeper.PostAsJsonAsync("/api/v1/views", new { list = "/enterprises", name = $"{_name}-view", query = $"search={_name}", isShared = true })).EnsureSuccessStatusCode();
        }
    }

    // A system that would be told of everything here; nobody answers there.
    private async Task WebhookAsync() =>
        (await _chief.PostAsJsonAsync("/api/v1/webhooks", new { name = $"{_name}-hook", address = $"https://{_name}.example/hook", types = (string[])["anlan.welding.refused"], division = _town, creditCode = CreditCode })).EnsureSuccessStatusCode();

    // A file that was checked and waits for whoever uploaded it.
    private async Task ImportAsync()
    {
        using var file = new StringContent($"name,creditCode,kind,division\n{_name}-imported,{InventedNumbers.CreditCode(_dice, InventedNumbers.NoPlace)},company,{_town}\n{_name}-faulty,1,company,{_town}\n", System.Text.Encoding.UTF8, "text/csv");
        using var answer = await _chief.PostAsync($"/api/v1/imports/forms/enterprises?name={_name}.csv", file);
        var import = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await _chief.GetFromJsonAsync<JsonElement>($"/api/v1/imports/{import}", deadline.Token)).GetProperty("isRunning").GetBoolean()) await Task.Delay(20, deadline.Token);
    }

    // What projections write from the log, planted as they would.
    private async Task WhatTheLogToldAsync()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var at = new DateTimeOffset(2026, 5, 4, 1, 0, 0, TimeSpan.Zero);
        var (machine, person, enterprise) = (new MachineId(Machine), new PersonId(Person), new EnterpriseId(Enterprise));
        var seq = 1_000_000 + _dice.Next(1_000_000);
        db.Add(new WeldSession { Id = new SessionId(Guid.CreateVersion7()), Machine = machine, Person = person, Enterprise = enterprise, Division = new DivisionCode(_town), Chip = Serial, StartedAt = at, PoweredAt = at, LeaseUntil = at.AddMinutes(15), EndedAt = at.AddMinutes(9), EndReason = "stop", IsEndConfirmed = true, ArcSeconds = 60 });
        db.Add(new MeasuredSpan { Kind = SpanKind.Minute, Machine = machine, From = at, Points = 60, ArcPoints = 60, ArcSeconds = 60, SumAmperes = 60 * 187.4, PeakAmperes = 187.4, SumVolts = 60 * 24.6, PeakTemperature = 41.5, FirstSeq = seq, LastSeq = seq });
        db.Add(new RejectedUplink { Seq = seq, At = at, Kind = RejectionKind.Malformed, Source = Serial, Device = Serial, Channel = "welding/state", Reason = "seq: missing", Length = 2, Payload = "{}"u8.ToArray() });
        db.Add(new Erasure { Id = Erasure, Person = Person, Ground = ErasureGround.PurposeServed, Reason = $"{_name} asked", AskedAt = at });
        db.Add(new CertificateClaim { Id = Guid.CreateVersion7(), Person = person, UserName = $"{_name}-claims", PasswordHash = "-", PinHash = "-", CodeHash = "-", AskedAt = at, ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(7) });
        db.Add(new MachineIncident { Seq = seq, Kind = IncidentKind.Ungranted, Machine = machine, Enterprise = enterprise, Division = new DivisionCode(_town), At = at, Amperes = 187.4 });
        db.Add(new MonthProblem { Id = Guid.CreateVersion7(), Month = new DateOnly(2026, 5, 1), Kind = ProblemKind.Unchipped, Machine = machine, Enterprise = enterprise, Division = new DivisionCode(_town), TakenAt = at });
        db.Add(new MachineLoan { Id = Guid.CreateVersion7(), Machine = machine, Kind = LoanKind.Lent, Enterprise = enterprise, ReturnsTo = enterprise, From = new DateOnly(2026, 5, 1), To = new DateOnly(2026, 5, 3), EndedAt = at, EnteredAt = at, EnteredBy = $"{_name} safety" });
        db.Add(new AlarmSuggestion { Id = Guid.CreateVersion7(), Kind = "welding.idle", Subject = $"machine/{Machine}", Name = MachineCode, OpenKey = $"welding.idle|machine/{Machine}", Enterprise = enterprise, Division = new DivisionCode(_town), Advice = AlarmAdvice.Threshold, FalseMarks = 3, RaisedAt = at });
        db.Add(new DeviceReportRow { Serial = Serial, LastSeen = at, Firmware = "1.0" });
        await db.SaveAsync();
        await RefuseAsync(at);
        // Profiles look back some months only.
        await RefuseAsync(TimeProvider.System.GetUtcNow().AddDays(-1));
    }

    // Refused starts are shown from the log itself too: this one goes the whole way.
    private async Task RefuseAsync(DateTimeOffset at)
    {
        var refused = new DecisionBody(Guid.CreateVersion7(), Machine, Serial, Person, null, Guid.Empty, Enterprise, null, null, null, [new Refusal("ChipOffline"), new Refusal("CertificateNotFound")]);
        var appended = await _server.Services.GetRequiredService<HotLog>().AppendAsync(InterlockLog.Decision.Draft(InterlockLog.SubjectOf(Machine), at, refused));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_server.Services.GetRequiredService<Projector>().Seq < appended.Seq) await Task.Delay(10, deadline.Token);
    }

    private async Task AttachAsync(string path)
    {
        using var file = new ByteArrayContent(SomeFiles.Png(2_000, _dice.Next())) { Headers = { ContentType = new("image/png") } };
        (await _chief.PostAsync("/api/v1/" + path, file)).EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        var answer = await _chief.PostAsJsonAsync("/api/v1/" + path, body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }
}
