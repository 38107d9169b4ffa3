using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Microsoft.Extensions.Localization;

namespace Anlan.Toolkit.Ui;

/// <summary>What a posted form was answered: messages at the fields they are about, the rest above the form.</summary>
/// <param name="words">Words of the page's module.</param>
/// <param name="calendar">The city's calendar, for the days and moments in them.</param>
public sealed class FormAnswer(IStringLocalizer words, CityCalendar calendar)
{
    private readonly Dictionary<string, string> _byField = new(StringComparer.Ordinal);

    /// <summary>The refusal that is about no field, or null.</summary>
    public string? Message { get; private set; }

    /// <summary>True when anything stands against what was posted.</summary>
    public bool IsRefused => Message is not null || _byField.Count > 0;

    /// <summary>The message at a field (camelCase, as in the API), or null.</summary>
    public string? At(string field) => _byField.GetValueOrDefault(field);

    /// <summary>Takes the refusals of a slice; those about fields that this form does not show come above it.</summary>
    public void Take(IReadOnlyList<Refusal> refusals, params IReadOnlyList<string> fields)
    {
        foreach (var refusal in refusals)
        {
            var text = words.Say(refusal, calendar);
            if (refusal.Field is { } field && fields.Contains(field)) _byField.TryAdd(field, text);
            else Message ??= text;
        }
    }
}
