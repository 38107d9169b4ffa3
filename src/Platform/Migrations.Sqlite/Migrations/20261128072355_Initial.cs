using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Anlan.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts_accounts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    NormalizedUserName = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DisplayName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    PasswordHash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SecurityStamp = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Organ = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Person = table.Column<Guid>(type: "TEXT", nullable: true),
                    PinHash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    IsDisabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsService = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSignInAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    FactorLock_Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    FactorLock_LockedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    PinLock_Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    PinLock_LockedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    SignInLock_Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    SignInLock_LockedUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_accounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_certificate_claims",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PasswordHash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PinHash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CodeHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Lock_Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    Lock_LockedUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_certificate_claims", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_delegations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Holder = table.Column<Guid>(type: "TEXT", nullable: false),
                    Delegate = table.Column<Guid>(type: "TEXT", nullable: false),
                    Organ = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Permissions = table.Column<string>(type: "TEXT", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_delegations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_factors",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Secret = table.Column<byte[]>(type: "BLOB", maxLength: 200, nullable: true),
                    LastStep = table.Column<long>(type: "INTEGER", nullable: false),
                    CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1023, nullable: true),
                    PublicKey = table.Column<byte[]>(type: "BLOB", maxLength: 2000, nullable: true),
                    SignCount = table.Column<long>(type: "INTEGER", nullable: false),
                    Transports = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    IsUserVerified = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsBackupEligible = table.Column<bool>(type: "INTEGER", nullable: false),
                    IsBackedUp = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_factors", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_invitations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Organ = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Person = table.Column<Guid>(type: "TEXT", nullable: true),
                    DisplayName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Account = table.Column<Guid>(type: "TEXT", nullable: true),
                    CodeHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CreatedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Lock_Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    Lock_LockedUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_invitations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_keys",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Start = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Permissions = table.Column<string>(type: "TEXT", nullable: false),
                    Networks = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    MadeBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokeReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_organs",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NameZh = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Parent = table.Column<Guid>(type: "TEXT", nullable: true),
                    Seat = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CloseReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_organs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_recovery_codes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    CodeHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_recovery_codes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_resets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Invitation = table.Column<Guid>(type: "TEXT", nullable: true),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OwnerSawAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_resets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_roles",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NameZh = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Standing = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OrganKinds = table.Column<string>(type: "TEXT", nullable: false),
                    Added = table.Column<string>(type: "TEXT", nullable: false),
                    Withdrawn = table.Column<string>(type: "TEXT", nullable: false),
                    IsBuiltIn = table.Column<bool>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_roles", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "accounts_sessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Stamp = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Factor = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BegunAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Device = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    End = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "accounts_supervision_assignments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Organ = table.Column<Guid>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    EnteredBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_accounts_supervision_assignments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "alarm_duty_leaves",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Organ = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Substitute = table.Column<Guid>(type: "TEXT", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_duty_leaves", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "alarm_duty_shifts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Organ = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Days = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    To = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_duty_shifts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "alarm_preferences",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Mobile = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Mail = table.Column<byte[]>(type: "BLOB", nullable: true),
                    TextFrom = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    MailFrom = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    QuietFrom = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    QuietTo = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_preferences", x => x.Account);
                });

            migrationBuilder.CreateTable(
                name: "alarm_receipts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Alarm = table.Column<long>(type: "INTEGER", nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Message = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_receipts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "alarm_robots",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Organ = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_robots", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "alarm_steps",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Alarm = table.Column<long>(type: "INTEGER", nullable: false),
                    Act = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Side = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: true),
                    OnBehalfOf = table.Column<Guid>(type: "TEXT", nullable: true),
                    ApiKey = table.Column<Guid>(type: "TEXT", nullable: true),
                    Organ = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Latitude = table.Column<double>(type: "REAL", nullable: true),
                    Longitude = table.Column<double>(type: "REAL", nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Level = table.Column<int>(type: "INTEGER", nullable: true),
                    Told = table.Column<int>(type: "INTEGER", nullable: true),
                    Messages = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_steps", x => new { x.Seq, x.Alarm });
                });

            migrationBuilder.CreateTable(
                name: "alarm_suggestions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    OpenKey = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    Advice = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FalseMarks = table.Column<int>(type: "INTEGER", nullable: false),
                    RaisedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarm_suggestions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "alarms",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    OpenKey = table.Column<string>(type: "TEXT", maxLength: 160, nullable: true),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    Latitude = table.Column<double>(type: "REAL", nullable: true),
                    Longitude = table.Column<double>(type: "REAL", nullable: true),
                    Severity = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    RaisedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Times = table.Column<int>(type: "INTEGER", nullable: false),
                    IsLasting = table.Column<bool>(type: "INTEGER", nullable: false),
                    Picture = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    MeasuredKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Measured = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    LimitKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Limit = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    RuleOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    AcknowledgedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AcknowledgedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    OnSiteAt = table.Column<long>(type: "INTEGER", nullable: true),
                    JudgedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    HandledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alarms", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "camera_clips",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Camera = table.Column<Guid>(type: "TEXT", nullable: false),
                    Event = table.Column<Guid>(type: "TEXT", nullable: false),
                    IsBlurred = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_camera_clips", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "camera_confirmations",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Camera = table.Column<Guid>(type: "TEXT", nullable: false),
                    Entry = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_camera_confirmations", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "camera_events",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Camera = table.Column<Guid>(type: "TEXT", nullable: false),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    HeardAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Zone = table.Column<int>(type: "INTEGER", nullable: true),
                    ZoneVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    Entry = table.Column<Guid>(type: "TEXT", nullable: true),
                    Persons = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    HasPicture = table.Column<bool>(type: "INTEGER", nullable: false),
                    HasClip = table.Column<bool>(type: "INTEGER", nullable: false),
                    WasTrue = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_camera_events", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "camera_leases",
                columns: table => new
                {
                    Camera = table.Column<Guid>(type: "TEXT", nullable: false),
                    Worker = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_camera_leases", x => x.Camera);
                });

            migrationBuilder.CreateTable(
                name: "camera_zones",
                columns: table => new
                {
                    Camera = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Zones = table.Column<string>(type: "TEXT", nullable: false),
                    DrawnAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DrawnBy = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_camera_zones", x => new { x.Camera, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "cameras",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Space = table.Column<Guid>(type: "TEXT", nullable: false),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AddressShown = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Hours = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    SignText = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    PausedReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    PausedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RemovedReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cameras", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "confinedspaces_spaces",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Hazards = table.Column<string>(type: "TEXT", nullable: false),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Site = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Latitude = table.Column<double>(type: "REAL", nullable: true),
                    Longitude = table.Column<double>(type: "REAL", nullable: true),
                    Volume = table.Column<double>(type: "REAL", nullable: true),
                    Depth = table.Column<double>(type: "REAL", nullable: true),
                    Opening = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    Risk = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsCatalogued = table.Column<bool>(type: "INTEGER", nullable: false),
                    Access = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    HasNoticeBoard = table.Column<bool>(type: "INTEGER", nullable: false),
                    Responsible = table.Column<Guid>(type: "TEXT", nullable: true),
                    LastReviewedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StateReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    StateChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_confinedspaces_spaces", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "desk_saved_views",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Page = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    SharedWithOrgan = table.Column<Guid>(type: "TEXT", nullable: true),
                    SharedWithEnterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    IsDefault = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_desk_saved_views", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "devices_devices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SecretHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    IsEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    RegisteredBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_devices_devices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "devices_reports",
                columns: table => new
                {
                    Serial = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    IsOnline = table.Column<bool>(type: "INTEGER", nullable: false),
                    LastSeen = table.Column<long>(type: "INTEGER", nullable: false),
                    Boot = table.Column<long>(type: "INTEGER", nullable: false),
                    Firmware = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    IsTampered = table.Column<bool>(type: "INTEGER", nullable: false),
                    Latitude = table.Column<double>(type: "REAL", nullable: true),
                    Longitude = table.Column<double>(type: "REAL", nullable: true),
                    PositionAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastCounter = table.Column<long>(type: "INTEGER", nullable: false),
                    RelayClosed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_devices_reports", x => x.Serial);
                });

            migrationBuilder.CreateTable(
                name: "enterprises_employments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    BoundAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    EndToldAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_enterprises_employments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "enterprises_enterprises",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    CreditCode = table.Column<string>(type: "TEXT", maxLength: 18, nullable: true),
                    SearchText = table.Column<string>(type: "TEXT", maxLength: 119, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CloseReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_enterprises_enterprises", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "enterprises_former_names",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_enterprises_former_names", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "enterprises_people",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<byte[]>(type: "BLOB", nullable: false),
                    IdentityNumber = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Phone = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    IdentityIndex = table.Column<string>(type: "TEXT", maxLength: 73, nullable: false),
                    NameIndex = table.Column<string>(type: "TEXT", maxLength: 73, nullable: false),
                    EnteredFor = table.Column<Guid>(type: "TEXT", nullable: true),
                    EnteredBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_enterprises_people", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_access",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    View = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Fields = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    IsUnmasked = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    People = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_access", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_access_people",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Access = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_access_people", x => new { x.Person, x.Access });
                });

            migrationBuilder.CreateTable(
                name: "platform_audit",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<Guid>(type: "TEXT", nullable: true),
                    OnBehalfOf = table.Column<Guid>(type: "TEXT", nullable: true),
                    Action = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Details = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_erasures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Ground = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AskedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DoneBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Lines = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_erasures", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_files",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    RecordKind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Record = table.Column<Guid>(type: "TEXT", nullable: false),
                    Part = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    MediaType = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Key = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Person = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true),
                    WithdrawReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_files", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_holds",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SetAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SetBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReleasedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_holds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_import_parts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Run = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    IsApplied = table.Column<bool>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Findings = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Changes = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Obstacles = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_import_parts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_imports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", nullable: false),
                    Headers = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IsGoodRowsOnly = table.Column<bool>(type: "INTEGER", nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Done = table.Column<int>(type: "INTEGER", nullable: false),
                    Created = table.Column<int>(type: "INTEGER", nullable: false),
                    Updated = table.Column<int>(type: "INTEGER", nullable: false),
                    Same = table.Column<int>(type: "INTEGER", nullable: false),
                    Refused = table.Column<int>(type: "INTEGER", nullable: false),
                    Obstacles = table.Column<int>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    UploadedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_imports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_message_attempts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Message = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Result = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Said = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_message_attempts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_messages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: true),
                    Address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AddressIndex = table.Column<string>(type: "TEXT", maxLength: 73, nullable: false),
                    Title = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Text = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Refusals = table.Column<int>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_messages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_outbox",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    EventId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Payload = table.Column<string>(type: "TEXT", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    LastError = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    DeadAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_outbox", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "platform_outbox_takings",
                columns: table => new
                {
                    EventId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Subscriber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_outbox_takings", x => new { x.EventId, x.Subscriber });
                });

            migrationBuilder.CreateTable(
                name: "platform_peer_heads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Peer = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Signature = table.Column<byte[]>(type: "BLOB", nullable: false),
                    HeardAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsFork = table.Column<bool>(type: "INTEGER", nullable: false),
                    NotedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_peer_heads", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_projector",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_projector", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_rejected_counts",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Total = table.Column<long>(type: "INTEGER", nullable: false),
                    NotKept = table.Column<long>(type: "INTEGER", nullable: false),
                    LastAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_rejected_counts", x => x.Kind);
                });

            migrationBuilder.CreateTable(
                name: "platform_rejected_uplinks",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Device = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Length = table.Column<long>(type: "INTEGER", nullable: false),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_rejected_uplinks", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "platform_retention_runs",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Deleted = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_retention_runs", x => x.Kind);
                });

            migrationBuilder.CreateTable(
                name: "platform_tree_heads",
                columns: table => new
                {
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Signature = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_tree_heads", x => x.Size);
                });

            migrationBuilder.CreateTable(
                name: "platform_tree_tiles",
                columns: table => new
                {
                    Level = table.Column<int>(type: "INTEGER", nullable: false),
                    Place = table.Column<long>(type: "INTEGER", nullable: false),
                    Hashes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_tree_tiles", x => new { x.Level, x.Place });
                });

            migrationBuilder.CreateTable(
                name: "platform_webhook_dead_letters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Webhook = table.Column<Guid>(type: "TEXT", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Said = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PutAsideAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsAgain = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_webhook_dead_letters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "platform_webhook_progress",
                columns: table => new
                {
                    Webhook = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    FailingSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Said = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ArrivedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Arrived = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_webhook_progress", x => x.Webhook);
                });

            migrationBuilder.CreateTable(
                name: "platform_webhooks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Secret = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Types = table.Column<string>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    MadeBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PausedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PauseReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_webhooks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "training_certificate_changes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Certificate = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Fields = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_training_certificate_changes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "training_certificates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<byte[]>(type: "BLOB", nullable: false),
                    NumberIndex = table.Column<string>(type: "TEXT", maxLength: 73, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SubItem = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    IssuedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ReviewDueOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReviewedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ExpiresOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Authority = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    RevokedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    RevokeReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    LapseToldAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RemindedOf = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_training_certificates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "welding_closed_months",
                columns: table => new
                {
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    TakenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_closed_months", x => x.Month);
                });

            migrationBuilder.CreateTable(
                name: "welding_fitting_steps",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Machine = table.Column<Guid>(type: "TEXT", nullable: false),
                    Act = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    To = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Chip = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    PlannedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Test = table.Column<Guid>(type: "TEXT", nullable: true),
                    Result = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UndoneBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_fitting_steps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "welding_incidents",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Machine = table.Column<Guid>(type: "TEXT", nullable: false),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Amperes = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_incidents", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "welding_machine_events",
                columns: table => new
                {
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Machine = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    HeardAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Session = table.Column<Guid>(type: "TEXT", nullable: true),
                    Person = table.Column<Guid>(type: "TEXT", nullable: true),
                    Value = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_machine_events", x => x.Seq);
                });

            migrationBuilder.CreateTable(
                name: "welding_machine_loans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Machine = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReturnsTo = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EnteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    EndedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_machine_loans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "welding_machines",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Model = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    RatedCurrent = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerEnterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    OwnerPerson = table.Column<Guid>(type: "TEXT", nullable: true),
                    UserEnterprise = table.Column<Guid>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Site = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Latitude = table.Column<double>(type: "REAL", nullable: false),
                    Longitude = table.Column<double>(type: "REAL", nullable: false),
                    FenceMetres = table.Column<int>(type: "INTEGER", nullable: false),
                    ChipSerial = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Fitting = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FittingPlannedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LockReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    LockedFor = table.Column<Guid>(type: "TEXT", nullable: true),
                    LockedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ScrapReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_machines", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "welding_measured",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Machine = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Points = table.Column<long>(type: "INTEGER", nullable: false),
                    ArcPoints = table.Column<long>(type: "INTEGER", nullable: false),
                    ArcSeconds = table.Column<double>(type: "REAL", nullable: false),
                    ArcJoules = table.Column<double>(type: "REAL", nullable: false),
                    SumAmperes = table.Column<double>(type: "REAL", nullable: false),
                    SumVolts = table.Column<double>(type: "REAL", nullable: false),
                    PeakAmperes = table.Column<double>(type: "REAL", nullable: false),
                    PeakTemperature = table.Column<double>(type: "REAL", nullable: false),
                    GasPoints = table.Column<long>(type: "INTEGER", nullable: false),
                    FirstSeq = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_measured", x => new { x.Kind, x.Machine, x.From });
                });

            migrationBuilder.CreateTable(
                name: "welding_month_problems",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Machine = table.Column<Guid>(type: "TEXT", nullable: true),
                    Chip = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    LastHeard = table.Column<long>(type: "INTEGER", nullable: true),
                    TakenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_month_problems", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "welding_profiles",
                columns: table => new
                {
                    Subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Of = table.Column<Guid>(type: "TEXT", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Score = table.Column<double>(type: "REAL", nullable: true),
                    Dimensions = table.Column<string>(type: "TEXT", nullable: false),
                    Formula = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Peers = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_profiles", x => new { x.Subject, x.Of, x.Month });
                });

            migrationBuilder.CreateTable(
                name: "welding_refused_starts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Machine = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: true),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: true),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Refusals = table.Column<string>(type: "TEXT", nullable: false),
                    IsUnlicensed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_refused_starts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "welding_sessions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: false),
                    Machine = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Enterprise = table.Column<Guid>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", maxLength: 12, nullable: true),
                    Chip = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Certificate = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PoweredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndReason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    IsEndConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    RevokeReason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    LastMeasuredAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ArcSeconds = table.Column<double>(type: "REAL", nullable: false),
                    ArcJoules = table.Column<double>(type: "REAL", nullable: false),
                    PeakAmperes = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_welding_sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "work_years",
                columns: table => new
                {
                    Year = table.Column<int>(type: "INTEGER", nullable: false),
                    Days = table.Column<string>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ImportedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_work_years", x => x.Year);
                });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_accounts_NormalizedUserName",
                table: "accounts_accounts",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_accounts_Person",
                table: "accounts_accounts",
                column: "Person",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_certificate_claims_ExpiresAt",
                table: "accounts_certificate_claims",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_certificate_claims_Person",
                table: "accounts_certificate_claims",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_delegations_Delegate",
                table: "accounts_delegations",
                column: "Delegate");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_delegations_Holder",
                table: "accounts_delegations",
                column: "Holder");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_factors_Account",
                table: "accounts_factors",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_factors_CredentialId",
                table: "accounts_factors",
                column: "CredentialId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_invitations_Account",
                table: "accounts_invitations",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_invitations_Person_CreatedAt",
                table: "accounts_invitations",
                columns: new[] { "Person", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_keys_Account",
                table: "accounts_keys",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_keys_Hash",
                table: "accounts_keys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_organs_NameZh",
                table: "accounts_organs",
                column: "NameZh",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_organs_Parent",
                table: "accounts_organs",
                column: "Parent");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_recovery_codes_Account",
                table: "accounts_recovery_codes",
                column: "Account");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_resets_Account_AskedAt",
                table: "accounts_resets",
                columns: new[] { "Account", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_resets_AskedAt",
                table: "accounts_resets",
                column: "AskedAt");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_resets_Invitation",
                table: "accounts_resets",
                column: "Invitation");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_sessions_Account_BegunAt",
                table: "accounts_sessions",
                columns: new[] { "Account", "BegunAt" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_sessions_EndedAt",
                table: "accounts_sessions",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_supervision_assignments_Enterprise",
                table: "accounts_supervision_assignments",
                column: "Enterprise");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_supervision_assignments_Organ_From",
                table: "accounts_supervision_assignments",
                columns: new[] { "Organ", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_supervision_open_division",
                table: "accounts_supervision_assignments",
                columns: new[] { "Organ", "Division" },
                unique: true,
                filter: "\"To\" IS NULL AND \"Division\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_supervision_open_enterprise",
                table: "accounts_supervision_assignments",
                columns: new[] { "Organ", "Enterprise" },
                unique: true,
                filter: "\"To\" IS NULL AND \"Enterprise\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_alarm_receipts_Account_Channel_At",
                table: "alarm_receipts",
                columns: new[] { "Account", "Channel", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_alarm_receipts_Alarm_Level_Account_Channel",
                table: "alarm_receipts",
                columns: new[] { "Alarm", "Level", "Account", "Channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_alarm_receipts_Message_Channel",
                table: "alarm_receipts",
                columns: new[] { "Message", "Channel" });

            migrationBuilder.CreateIndex(
                name: "IX_alarm_robots_Enterprise",
                table: "alarm_robots",
                column: "Enterprise");

            migrationBuilder.CreateIndex(
                name: "IX_alarm_robots_Organ",
                table: "alarm_robots",
                column: "Organ");

            migrationBuilder.CreateIndex(
                name: "IX_alarm_steps_Alarm_Seq",
                table: "alarm_steps",
                columns: new[] { "Alarm", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_alarm_suggestions_DecidedAt",
                table: "alarm_suggestions",
                column: "DecidedAt");

            migrationBuilder.CreateIndex(
                name: "IX_alarm_suggestions_Division_RaisedAt",
                table: "alarm_suggestions",
                columns: new[] { "Division", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_alarm_suggestions_Enterprise_RaisedAt",
                table: "alarm_suggestions",
                columns: new[] { "Enterprise", "RaisedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_alarm_suggestions_OpenKey",
                table: "alarm_suggestions",
                column: "OpenKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_alarms_Division_Number",
                table: "alarms",
                columns: new[] { "Division", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_alarms_EndedAt",
                table: "alarms",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_alarms_Enterprise_Number",
                table: "alarms",
                columns: new[] { "Enterprise", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_alarms_Kind_Number",
                table: "alarms",
                columns: new[] { "Kind", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_alarms_Kind_Source",
                table: "alarms",
                columns: new[] { "Kind", "Source" });

            migrationBuilder.CreateIndex(
                name: "IX_alarms_OpenKey",
                table: "alarms",
                column: "OpenKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_camera_clips_Event_IsBlurred",
                table: "camera_clips",
                columns: new[] { "Event", "IsBlurred" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_camera_confirmations_At",
                table: "camera_confirmations",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_camera_confirmations_Entry",
                table: "camera_confirmations",
                column: "Entry",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_camera_events_Camera_At",
                table: "camera_events",
                columns: new[] { "Camera", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_camera_events_Division_Seq",
                table: "camera_events",
                columns: new[] { "Division", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_camera_events_Enterprise_Seq",
                table: "camera_events",
                columns: new[] { "Enterprise", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_camera_events_Entry",
                table: "camera_events",
                column: "Entry");

            migrationBuilder.CreateIndex(
                name: "IX_camera_events_HeardAt",
                table: "camera_events",
                column: "HeardAt");

            migrationBuilder.CreateIndex(
                name: "IX_camera_events_Id",
                table: "camera_events",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cameras_Code",
                table: "cameras",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cameras_Division",
                table: "cameras",
                column: "Division");

            migrationBuilder.CreateIndex(
                name: "IX_cameras_Enterprise",
                table: "cameras",
                column: "Enterprise");

            migrationBuilder.CreateIndex(
                name: "IX_cameras_Space",
                table: "cameras",
                column: "Space");

            migrationBuilder.CreateIndex(
                name: "IX_confinedspaces_spaces_Code",
                table: "confinedspaces_spaces",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_confinedspaces_spaces_Division",
                table: "confinedspaces_spaces",
                column: "Division");

            migrationBuilder.CreateIndex(
                name: "IX_confinedspaces_spaces_Enterprise",
                table: "confinedspaces_spaces",
                column: "Enterprise");

            migrationBuilder.CreateIndex(
                name: "IX_confinedspaces_spaces_Responsible",
                table: "confinedspaces_spaces",
                column: "Responsible");

            migrationBuilder.CreateIndex(
                name: "IX_desk_saved_views_Account_Page_Name",
                table: "desk_saved_views",
                columns: new[] { "Account", "Page", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_desk_saved_views_SharedWithEnterprise_Page",
                table: "desk_saved_views",
                columns: new[] { "SharedWithEnterprise", "Page" });

            migrationBuilder.CreateIndex(
                name: "IX_desk_saved_views_SharedWithOrgan_Page",
                table: "desk_saved_views",
                columns: new[] { "SharedWithOrgan", "Page" });

            migrationBuilder.CreateIndex(
                name: "IX_devices_devices_Serial",
                table: "devices_devices",
                column: "Serial",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_employments_Enterprise_From",
                table: "enterprises_employments",
                columns: new[] { "Enterprise", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_employments_open",
                table: "enterprises_employments",
                columns: new[] { "Person", "Enterprise" },
                unique: true,
                filter: "\"To\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_employments_Person_From",
                table: "enterprises_employments",
                columns: new[] { "Person", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_enterprises_CreditCode",
                table: "enterprises_enterprises",
                column: "CreditCode",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_enterprises_Division_Name_Id",
                table: "enterprises_enterprises",
                columns: new[] { "Division", "Name", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_enterprises_Name_Id",
                table: "enterprises_enterprises",
                columns: new[] { "Name", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_former_names_Person",
                table: "enterprises_former_names",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_enterprises_people_IdentityIndex",
                table: "enterprises_people",
                column: "IdentityIndex",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_access_At_Id",
                table: "platform_access",
                columns: new[] { "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_access_By_At",
                table: "platform_access",
                columns: new[] { "By", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_access_people_Access",
                table: "platform_access_people",
                column: "Access");

            migrationBuilder.CreateIndex(
                name: "IX_platform_audit_Account_At",
                table: "platform_audit",
                columns: new[] { "Account", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_audit_At",
                table: "platform_audit",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_platform_audit_Subject_Id",
                table: "platform_audit",
                columns: new[] { "Subject", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_erasures_Person",
                table: "platform_erasures",
                column: "Person",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_files_Hash",
                table: "platform_files",
                column: "Hash");

            migrationBuilder.CreateIndex(
                name: "IX_platform_files_Record_Id",
                table: "platform_files",
                columns: new[] { "Record", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_files_WithdrawnAt",
                table: "platform_files",
                column: "WithdrawnAt");

            migrationBuilder.CreateIndex(
                name: "IX_platform_holds_Subject",
                table: "platform_holds",
                column: "Subject",
                unique: true,
                filter: "\"ReleasedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_platform_import_parts_Run_Number",
                table: "platform_import_parts",
                columns: new[] { "Run", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_imports_Account_Id",
                table: "platform_imports",
                columns: new[] { "Account", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_imports_State",
                table: "platform_imports",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_platform_message_attempts_Message_Id",
                table: "platform_message_attempts",
                columns: new[] { "Message", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_messages_AddressIndex",
                table: "platform_messages",
                column: "AddressIndex");

            migrationBuilder.CreateIndex(
                name: "IX_platform_messages_Person",
                table: "platform_messages",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_platform_messages_State_Channel_NotBefore",
                table: "platform_messages",
                columns: new[] { "State", "Channel", "NotBefore" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_outbox_DeadAt",
                table: "platform_outbox",
                column: "DeadAt");

            migrationBuilder.CreateIndex(
                name: "IX_platform_outbox_EventId",
                table: "platform_outbox",
                column: "EventId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_peer_heads_Peer_Size",
                table: "platform_peer_heads",
                columns: new[] { "Peer", "Size" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_rejected_uplinks_Source_Seq",
                table: "platform_rejected_uplinks",
                columns: new[] { "Source", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_webhook_dead_letters_Webhook_Seq",
                table: "platform_webhook_dead_letters",
                columns: new[] { "Webhook", "Seq" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_webhooks_Name",
                table: "platform_webhooks",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_training_certificate_changes_Certificate_Id",
                table: "training_certificate_changes",
                columns: new[] { "Certificate", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_training_certificates_NumberIndex_Category_SubItem",
                table: "training_certificates",
                columns: new[] { "NumberIndex", "Category", "SubItem" },
                unique: true,
                filter: "\"RevokedOn\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_training_certificates_Person",
                table: "training_certificates",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_welding_fitting_steps_Machine_Id",
                table: "welding_fitting_steps",
                columns: new[] { "Machine", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_incidents_At",
                table: "welding_incidents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_welding_incidents_Division_At",
                table: "welding_incidents",
                columns: new[] { "Division", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_incidents_Enterprise_At",
                table: "welding_incidents",
                columns: new[] { "Enterprise", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_incidents_Machine_At",
                table: "welding_incidents",
                columns: new[] { "Machine", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_machine_events_Machine_Seq",
                table: "welding_machine_events",
                columns: new[] { "Machine", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_machine_loans_Enterprise",
                table: "welding_machine_loans",
                column: "Enterprise");

            migrationBuilder.CreateIndex(
                name: "IX_welding_machine_loans_Machine",
                table: "welding_machine_loans",
                column: "Machine");

            migrationBuilder.CreateIndex(
                name: "IX_welding_machine_loans_ReturnsTo",
                table: "welding_machine_loans",
                column: "ReturnsTo");

            migrationBuilder.CreateIndex(
                name: "IX_welding_machines_ChipSerial",
                table: "welding_machines",
                column: "ChipSerial",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_welding_machines_Code",
                table: "welding_machines",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_welding_machines_Division",
                table: "welding_machines",
                column: "Division");

            migrationBuilder.CreateIndex(
                name: "IX_welding_machines_UserEnterprise",
                table: "welding_machines",
                column: "UserEnterprise");

            migrationBuilder.CreateIndex(
                name: "IX_welding_measured_Kind_From",
                table: "welding_measured",
                columns: new[] { "Kind", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_month_problems_Division_Month",
                table: "welding_month_problems",
                columns: new[] { "Division", "Month" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_month_problems_Enterprise_Month",
                table: "welding_month_problems",
                columns: new[] { "Enterprise", "Month" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_month_problems_Month_Kind_Division",
                table: "welding_month_problems",
                columns: new[] { "Month", "Kind", "Division" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_month_problems_TakenAt",
                table: "welding_month_problems",
                column: "TakenAt");

            migrationBuilder.CreateIndex(
                name: "IX_welding_profiles_EndsAt",
                table: "welding_profiles",
                column: "EndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_welding_profiles_Subject_Month_Peers",
                table: "welding_profiles",
                columns: new[] { "Subject", "Month", "Peers" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_refused_starts_At",
                table: "welding_refused_starts",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_welding_refused_starts_Division_Seq",
                table: "welding_refused_starts",
                columns: new[] { "Division", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_refused_starts_Enterprise_Seq",
                table: "welding_refused_starts",
                columns: new[] { "Enterprise", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_refused_starts_Machine_Seq",
                table: "welding_refused_starts",
                columns: new[] { "Machine", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_refused_starts_Person_At",
                table: "welding_refused_starts",
                columns: new[] { "Person", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_refused_starts_Seq",
                table: "welding_refused_starts",
                column: "Seq");

            migrationBuilder.CreateIndex(
                name: "IX_welding_sessions_Division_StartedAt",
                table: "welding_sessions",
                columns: new[] { "Division", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_sessions_Enterprise_StartedAt",
                table: "welding_sessions",
                columns: new[] { "Enterprise", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_sessions_Machine_StartedAt",
                table: "welding_sessions",
                columns: new[] { "Machine", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_sessions_Person_StartedAt",
                table: "welding_sessions",
                columns: new[] { "Person", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_welding_sessions_StartedAt",
                table: "welding_sessions",
                column: "StartedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts_accounts");

            migrationBuilder.DropTable(
                name: "accounts_certificate_claims");

            migrationBuilder.DropTable(
                name: "accounts_delegations");

            migrationBuilder.DropTable(
                name: "accounts_factors");

            migrationBuilder.DropTable(
                name: "accounts_invitations");

            migrationBuilder.DropTable(
                name: "accounts_keys");

            migrationBuilder.DropTable(
                name: "accounts_organs");

            migrationBuilder.DropTable(
                name: "accounts_recovery_codes");

            migrationBuilder.DropTable(
                name: "accounts_resets");

            migrationBuilder.DropTable(
                name: "accounts_roles");

            migrationBuilder.DropTable(
                name: "accounts_sessions");

            migrationBuilder.DropTable(
                name: "accounts_supervision_assignments");

            migrationBuilder.DropTable(
                name: "alarm_duty_leaves");

            migrationBuilder.DropTable(
                name: "alarm_duty_shifts");

            migrationBuilder.DropTable(
                name: "alarm_preferences");

            migrationBuilder.DropTable(
                name: "alarm_receipts");

            migrationBuilder.DropTable(
                name: "alarm_robots");

            migrationBuilder.DropTable(
                name: "alarm_steps");

            migrationBuilder.DropTable(
                name: "alarm_suggestions");

            migrationBuilder.DropTable(
                name: "alarms");

            migrationBuilder.DropTable(
                name: "camera_clips");

            migrationBuilder.DropTable(
                name: "camera_confirmations");

            migrationBuilder.DropTable(
                name: "camera_events");

            migrationBuilder.DropTable(
                name: "camera_leases");

            migrationBuilder.DropTable(
                name: "camera_zones");

            migrationBuilder.DropTable(
                name: "cameras");

            migrationBuilder.DropTable(
                name: "confinedspaces_spaces");

            migrationBuilder.DropTable(
                name: "desk_saved_views");

            migrationBuilder.DropTable(
                name: "devices_devices");

            migrationBuilder.DropTable(
                name: "devices_reports");

            migrationBuilder.DropTable(
                name: "enterprises_employments");

            migrationBuilder.DropTable(
                name: "enterprises_enterprises");

            migrationBuilder.DropTable(
                name: "enterprises_former_names");

            migrationBuilder.DropTable(
                name: "enterprises_people");

            migrationBuilder.DropTable(
                name: "platform_access");

            migrationBuilder.DropTable(
                name: "platform_access_people");

            migrationBuilder.DropTable(
                name: "platform_audit");

            migrationBuilder.DropTable(
                name: "platform_erasures");

            migrationBuilder.DropTable(
                name: "platform_files");

            migrationBuilder.DropTable(
                name: "platform_holds");

            migrationBuilder.DropTable(
                name: "platform_import_parts");

            migrationBuilder.DropTable(
                name: "platform_imports");

            migrationBuilder.DropTable(
                name: "platform_message_attempts");

            migrationBuilder.DropTable(
                name: "platform_messages");

            migrationBuilder.DropTable(
                name: "platform_outbox");

            migrationBuilder.DropTable(
                name: "platform_outbox_takings");

            migrationBuilder.DropTable(
                name: "platform_peer_heads");

            migrationBuilder.DropTable(
                name: "platform_projector");

            migrationBuilder.DropTable(
                name: "platform_rejected_counts");

            migrationBuilder.DropTable(
                name: "platform_rejected_uplinks");

            migrationBuilder.DropTable(
                name: "platform_retention_runs");

            migrationBuilder.DropTable(
                name: "platform_tree_heads");

            migrationBuilder.DropTable(
                name: "platform_tree_tiles");

            migrationBuilder.DropTable(
                name: "platform_webhook_dead_letters");

            migrationBuilder.DropTable(
                name: "platform_webhook_progress");

            migrationBuilder.DropTable(
                name: "platform_webhooks");

            migrationBuilder.DropTable(
                name: "training_certificate_changes");

            migrationBuilder.DropTable(
                name: "training_certificates");

            migrationBuilder.DropTable(
                name: "welding_closed_months");

            migrationBuilder.DropTable(
                name: "welding_fitting_steps");

            migrationBuilder.DropTable(
                name: "welding_incidents");

            migrationBuilder.DropTable(
                name: "welding_machine_events");

            migrationBuilder.DropTable(
                name: "welding_machine_loans");

            migrationBuilder.DropTable(
                name: "welding_machines");

            migrationBuilder.DropTable(
                name: "welding_measured");

            migrationBuilder.DropTable(
                name: "welding_month_problems");

            migrationBuilder.DropTable(
                name: "welding_profiles");

            migrationBuilder.DropTable(
                name: "welding_refused_starts");

            migrationBuilder.DropTable(
                name: "welding_sessions");

            migrationBuilder.DropTable(
                name: "work_years");
        }
    }
}
