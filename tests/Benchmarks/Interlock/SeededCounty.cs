using System.Security.Cryptography;
using System.Text;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Devices.Registry;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.People;
using Anlan.Enterprises.Registry;
using Anlan.Host;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Anlan.Training.Certificates;
using Anlan.Welding.Fitting;
using Anlan.Welding.Machines;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Benchmarks.Interlock;

/// <summary>Enters machines, chips and welders in bulk before the server starts, through the modules' own entities and keys.</summary>
internal static class SeededCounty
{
    public const string Password = "correct horse battery";
    public const string Pin = "271828";

    /// <summary>Somebody at the bureau that supervises all of it.</summary>
    public const string Bureau = "bureau";

    /// <summary>Somebody at the station of its town, who is told of alarms.</summary>
    public const string Station = "station";

    /// <summary>Thousands of sign-ins before the measurement would otherwise take minutes; nothing that is measured hashes.</summary>
    public static readonly string[] Settings = ["--Anlan:Accounts:HashIterations=1000", "--Anlan:Doors:AddressBurst=1000000"];

    /// <summary>Fills a data folder; answers the keys that chips trust.</summary>
    public static async Task<IReadOnlyList<byte[]>> MakeAsync(string folder, IReadOnlyList<BenchMachine> machines, CancellationToken stop, params IEnumerable<string> settings)
    {
        IReadOnlyList<byte[]> trusted;
        await using (var app = HostApplication.Build([$"--Anlan:Data={folder}", "--Logging:LogLevel:Default=Critical", .. Settings, .. settings]))
        {
            await app.Services.GetRequiredService<DatabaseSetup>().RunAsync(stop);
            await using var scope = app.Services.CreateAsyncScope();
            await new Entry(scope.ServiceProvider).RunAsync(machines, stop);
            trusted = [.. app.Services.GetRequiredService<SigningKeys>().Trusted.Select(key => key.PublicKey)];
        }

        SqliteConnection.ClearAllPools();
        return trusted;
    }

    /// <summary>One way through all machines in one unit of work.</summary>
    private sealed class Entry(IServiceProvider services)
    {
        private const int MachinesAnEnterprise = 50;
        private static readonly DivisionCode Town = new("330521100");
        private static readonly DivisionCode County = new("330521");
        private static readonly DateOnly Issued = new(2024, 1, 1);
        private readonly AnlanDb _db = services.GetRequiredService<AnlanDb>();
        private readonly CredentialBox _credentials = services.GetRequiredService<CredentialBox>();
        private readonly PersonSeal _people = services.GetRequiredService<PersonSeal>();
        private readonly CertificateSeal _certificates = services.GetRequiredService<CertificateSeal>();
        private readonly DateTimeOffset _now = services.GetRequiredService<TimeProvider>().GetUtcNow();

        public async Task RunAsync(IReadOnlyList<BenchMachine> machines, CancellationToken stop)
        {
            var enterprise = new EnterpriseId();
            foreach (var machine in machines)
            {
                if (machine.Number % MachinesAnEnterprise == 0) enterprise = AddEnterprise(machine.Number / MachinesAnEnterprise);
                AddMachine(machine, enterprise);
                if (!machine.HasWelder) continue;
                var welder = AddWelder(machine.Number, enterprise);
                var account = new Account { Id = Guid.CreateVersion7(), UserName = machine.UserName, Role = RoleNames.Welder, Person = welder, CreatedAt = _now };
                if (await _credentials.AddAsync(account, Password) is { } refused) throw new InvalidOperationException(refused.Code);
                _credentials.ReplacePin(account, Pin);
            }

            var bureau = await AddOrganAsync(OrganKind.CountyBureau, County, null, Bureau, RoleNames.CountyBureau);
            await AddOrganAsync(OrganKind.TownStation, Town, bureau, Station, RoleNames.TownStation);
            await _db.SaveAsync(stop);
        }

        private async Task<OrganId> AddOrganAsync(OrganKind kind, DivisionCode seat, OrganId? parent, string userName, string role)
        {
            var organ = new Organ { Id = TypedId.New<OrganId>(), Kind = kind, NameZh = userName, NameEn = userName, Parent = parent, Seat = seat, EnteredAt = _now };
            _db.Add(organ);
            _db.Add(new SupervisionAssignment { Id = Guid.CreateVersion7(), Organ = organ.Id, Division = organ.Seat, From = Issued, Basis = "Bench", EnteredAt = _now });
            var account = new Account { Id = Guid.CreateVersion7(), UserName = userName, Role = role, Organ = organ.Id, DisplayName = userName, CreatedAt = _now };
            if (await _credentials.AddAsync(account, Password) is { } refused) throw new InvalidOperationException(refused.Code);
            return organ.Id;
        }

        private EnterpriseId AddEnterprise(int number)
        {
            var id = TypedId.New<EnterpriseId>();
            _db.Add(new Enterprise { Id = id, Name = $"Bench {number}", Kind = EnterpriseKind.Company, Division = Town, RegisteredAt = _now });
            return id;
        }

        private void AddMachine(BenchMachine machine, EnterpriseId enterprise)
        {
            _db.Add(new Device { Id = TypedId.New<DeviceId>(), Serial = machine.Serial, Kind = DeviceKinds.WeldingChip, SecretHash = SHA256.HashData(Encoding.UTF8.GetBytes(machine.Secret)), RegisteredAt = _now });
            _db.Add(new WeldingMachine
            {
                Id = TypedId.New<MachineId>(),
                Code = machine.Code,
                Kind = MachineKind.Electric,
                Model = "ZX7-400",
                RatedCurrent = 400,
                UserEnterprise = enterprise,
                Division = Town,
                Site = "1",
                Latitude = machine.Latitude,
                Longitude = machine.Longitude,
                FenceMetres = 200,
                ChipSerial = machine.Serial,
                Fitting = FittingState.Active,
                RegisteredAt = _now,
            });
        }

        private PersonId AddWelder(int number, EnterpriseId enterprise)
        {
            // Division 990000 exists nowhere: the numbers belong to nobody.
            var first17 = $"{IdentityNumber.SyntheticDivision}{new DateOnly(1980, 1, 1).AddDays(number / 999):yyyyMMdd}{(number % 999) + 1:D3}";
            var identity = first17 + IdentityNumber.CheckCharacter(first17);
            var person = _people.Make(PersonFields.Normalised("Bench Welder", identity, null), Scope.Everything, _now);
            var certificate = Guid.CreateVersion7();
            _db.Add(person);
            _db.Add(new Employment { Id = Guid.CreateVersion7(), Person = person.Id, Enterprise = enterprise, Kind = BindingKind.Permanent, From = Issued, BoundAt = _now });
            _db.Add(new Certificate
            {
                Id = certificate,
                Person = person.Id,
                Number = _certificates.Seal(certificate, "T" + identity),
                NumberIndex = _certificates.IndexOf("T" + identity),
                Category = "welding",
                SubItem = "fusion",
                IssuedOn = Issued,
                ExpiresOn = DateOnly.FromDateTime(_now.UtcDateTime).AddYears(3),
                EnteredAt = _now,
            });
            return person.Id;
        }
    }
}
