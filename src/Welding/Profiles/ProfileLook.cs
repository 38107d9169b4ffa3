using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Profiles;

/// <summary>How profiles are said on screens.</summary>
internal static class ProfileLook
{
    /// <summary>A score or points without needless digits.</summary>
    public static string Said(this double points) => points.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The tone of a score: the eye finds what to mend first.</summary>
    public static string Tone(double? score) => score switch { null => "off", >= 80 => "ok", >= 60 => "warn", _ => "bad" };

    /// <summary>With whom it is compared, in one sentence.</summary>
    public static string Say(this IStringLocalizer<Words> words, ShownProfile shown, IDivisions divisions)
    {
        if (shown.Peers is not { } peers) return words["Profile.TooFew", shown.LeastPeers];
        var county = divisions.Find(new DivisionCode(peers.County))?.Name ?? peers.County;
        return words["Profile.Peers." + shown.Subject, county, words.Class(shown.Subject, peers.Class), peers.Count, peers.Score.Said()];
    }

    private static string Class(this IStringLocalizer<Words> words, ProfileSubject subject, string kind)
    {
        if (subject == ProfileSubject.Machine) return words["Kind." + kind];
        if (subject == ProfileSubject.Welder || !int.TryParse(kind, CultureInfo.InvariantCulture, out var size)) return "";
        var sizes = ProfileFormula.All[^1].MachineSizes;
        if (size == 0) return words["Profile.Size.0", sizes[0]];
        return size >= sizes.Count ? words["Profile.Size.1", sizes[^1]] : words["Profile.Size.Between", sizes[size - 1], sizes[size] - 1];
    }
}
