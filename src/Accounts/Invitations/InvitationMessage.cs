using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Messages;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Invitations;

/// <summary>
/// Tells a welder that an account was prepared, or is to be reset, with the next save. Never the code: that goes from hand to hand. Whoever did not
/// expect the message learns that somebody else asked in their name.
/// </summary>
internal sealed class InvitationMessage(IMessages messages, IContacts contacts, CityCalendar calendar, IStringLocalizer<Words> words)
{
    public async Task AddAsync(PersonId person, Guid invitation, bool isReset, DateTimeOffset until, CancellationToken stop)
    {
        if (await contacts.FindMobileAsync(person, stop) is not { } mobile) return;
        var text = MessageLanguage.Say(() => words[isReset ? "Message.Reset" : "Message.Invited", calendar.DateOf(until)]);
        messages.SendText(mobile, text, new MessageCause(isReset ? "accounts.reset" : "accounts.invited", $"invitation/{invitation}", person.Value, until - calendar.Now));
    }
}
