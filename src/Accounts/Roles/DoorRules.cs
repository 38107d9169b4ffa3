using Anlan.Toolkit.Access;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts.Roles;

/// <summary>
/// What a role asks of its accounts at the door: a second factor, how long a session lasts, who gives a lost account back. A role that nobody knows is treated
/// as an organ's: strictly.
/// </summary>
internal sealed class DoorRules(RoleBook roles, IOptions<AccountsOptions> options)
{
    private enum Workplace
    {
        /// <summary>Of an organ, or runs the installation: many people's data at a desk.</summary>
        Authority,

        /// <summary>Of an organ, but out with a phone.</summary>
        Field,

        /// <summary>At the desk of one enterprise.</summary>
        Enterprise,

        /// <summary>A person's own phone: what matters asks for a proof of person anyway.</summary>
        Person,
    }

    /// <summary>True where a password alone is not enough; in a demo it is for everybody.</summary>
    public bool DemandsSecondFactor(string role) => options.Value.DemandsSecondFactor && WorkplaceOf(role) is (Workplace.Authority or Workplace.Field);

    /// <summary>True where two people have to agree to a reset; a person's is the enterprise's business.</summary>
    public bool IsResetByTwo(string role) => WorkplaceOf(role) is not Workplace.Person;

    /// <summary>True for a phone that stays signed in when its browser is closed.</summary>
    public bool IsOnPhone(string role) => WorkplaceOf(role) is Workplace.Field or Workplace.Person;

    /// <summary>How long a session lives unused.</summary>
    public TimeSpan IdleOf(string role) => WorkplaceOf(role) switch
    {
        Workplace.Person => options.Value.PhoneIdle,
        Workplace.Field => options.Value.FieldIdle,
        _ => options.Value.DeskIdle,
    };

    /// <summary>How long a session lives at most.</summary>
    public TimeSpan LongestOf(string role) => WorkplaceOf(role) switch
    {
        Workplace.Person => options.Value.PhoneLongest,
        Workplace.Field => options.Value.FieldLongest,
        _ => options.Value.DeskLongest,
    };

    private Workplace WorkplaceOf(string role) => roles.Find(role) switch
    {
        { Standing: Standing.Person } => Workplace.Person,
        { Standing: Standing.Enterprise } => Workplace.Enterprise,
        { IsOnPhone: true } => Workplace.Field,
        _ => Workplace.Authority,
    };
}
