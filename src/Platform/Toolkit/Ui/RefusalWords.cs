using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Modules;
using Microsoft.Extensions.Localization;

namespace Anlan.Toolkit.Ui;

/// <summary>Finds whose words say a refusal: a page's own module first, then every other, because a start that Welding refuses may carry a reason of Accounts.</summary>
/// <param name="localizers">Reads the resources.</param>
/// <param name="modules">The modules; each keeps its words in a class <c>Words</c> at its root.</param>
public sealed class RefusalWords(IStringLocalizerFactory localizers, ModuleList modules)
{
    private readonly IReadOnlyList<IStringLocalizer> _all =
        [.. modules.Assemblies.Select(assembly => assembly.GetType(assembly.GetName().Name + ".Words")).OfType<Type>().Append(typeof(UiWords)).Select(localizers.Create)];

    /// <summary>The words that know this refusal's code.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="own">Words of the module whose page shows it, or null.</param>
    public IStringLocalizer Of(Refusal refusal, IStringLocalizer? own = null)
    {
        if (own is not null && Knows(own, refusal)) return own;
        return _all.FirstOrDefault(words => Knows(words, refusal)) ?? own ?? _all[^1];
    }

    private static bool Knows(IStringLocalizer words, Refusal refusal) => !words["Refusal." + refusal.Code].ResourceNotFound;
}
