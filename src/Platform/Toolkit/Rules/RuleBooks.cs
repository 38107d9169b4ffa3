using Anlan.Kernel.Divisions;
using Anlan.Kernel.Rules;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Rules;

/// <summary>Questions that a module asks and acts upon; the others are there to be read.</summary>
/// <param name="Keys">Their keys.</param>
public sealed record AskedQuestions(params IReadOnlyList<string> Keys);

/// <summary>Reads rule books: the modules' own rules, those of the city pack, those of the operator's data folder.</summary>
public static class RuleBooks
{
    /// <summary>Name of the folder below a city pack and below the data folder.</summary>
    public const string Folder = "rules";

    /// <summary>Reads and checks a book.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="asked">Keys of the questions that the program asks.</param>
    /// <param name="home">The city, or null for a book that is bound to none.</param>
    /// <param name="names">Names of jurisdictions beyond those that the files give.</param>
    /// <exception cref="RuleBookException">Anything is wrong; it lists every fault.</exception>
    public static RuleBook Read(IEnumerable<RuleSource> sources, IReadOnlyCollection<string> asked, DivisionCode? home, params IEnumerable<Jurisdiction> names)
    {
        var read = new RuleFileReader(asked);
        foreach (var source in sources) read.Read(source);
        RuleBookCheck.Check(read, asked, home);
        if (read.Faults.Count > 0) throw new RuleBookException(read.Faults);
        return new RuleBook(read.Areas, read.Questions, read.Rules, read.Jurisdictions.Concat(names).DistinctBy(jurisdiction => jurisdiction.Code), home);
    }

    /// <summary>Adds the installation's book. It is read when it is first asked for, which is before the doors open.</summary>
    public static IServiceCollection AddRuleBook(this IServiceCollection services) => services.AddSingleton(provider =>
    {
        var city = provider.GetRequiredService<CityPack>();
        return Read(
            [
                .. RuleSource.OfModules(provider.GetRequiredService<ModuleList>().Assemblies),
                .. RuleSource.InFolder(Path.Combine(city.Folder, Folder)),
                .. RuleSource.InFolder(provider.GetRequiredService<DataFolder>().Rules),
            ],
            [.. provider.GetServices<AskedQuestions>().SelectMany(questions => questions.Keys).Distinct(StringComparer.Ordinal)],
            new DivisionCode(city.Division),
            new Jurisdiction(city.Division, city.NameZh, city.NameEn));
    });
}
