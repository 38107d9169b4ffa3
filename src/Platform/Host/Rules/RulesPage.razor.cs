using System.Globalization;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Rules;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Host.Rules;

/// <summary>The rules in force on a day, or what changed between two days; day, search and filters lie in the address.</summary>
public sealed partial class RulesPage
{
    private const string ChangesView = "changes";
    private Page<Rule>? _rules;
    private Page<RuleChange>? _changes;
    private (DateOnly? Last, DateOnly? Next) _around;

    [SupplyParameterFromQuery] private string? Search { get; set; }

    [SupplyParameterFromQuery] private string? View { get; set; }

    [SupplyParameterFromQuery] private string? Area { get; set; }

    [SupplyParameterFromQuery(Name = "jurisdiction")] private string? JurisdictionCode { get; set; }

    [SupplyParameterFromQuery(Name = "on")] private string? OnText { get; set; }

    [SupplyParameterFromQuery(Name = "since")] private string? SinceText { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private string? NumberText { get; set; }

    private bool IsChanges => View == ChangesView;

    private DateOnly On => RuleText.DayOr(OnText, Calendar.Today);

    private DateOnly Since => RuleText.DayOr(SinceText, ListRuleChanges.YearBefore(On));

    private int PageNumber => int.TryParse(NumberText, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 10_000) : 1;

    private string ExportAddress => Navigation.GetUriWithQueryParameters(IsChanges ? "/api/v1/rules/changes/export" : "/api/v1/rules/export", new Dictionary<string, object?>
    {
        ["on"] = IsChanges ? null : On.Day(),
        ["since"] = IsChanges ? Since.Day() : null,
        ["until"] = IsChanges ? On.Day() : null,
        ["search"] = Search,
        ["area"] = Area,
        ["jurisdiction"] = JurisdictionCode,
    });

    protected override void OnParametersSet()
    {
        var filter = new RuleFilter(Search, Area, JurisdictionCode);
        var request = Listed(PageNumber, null);
        _rules = IsChanges ? null : InForce.Run(On, filter, request);
        _changes = IsChanges ? Changing.Run(Since, On, filter, request) : null;
        _around = Changing.Around(On);
    }

    private string Address(string? view, DateOnly on, DateOnly? since = null) => Navigation.GetUriWithQueryParameters("/rules", new Dictionary<string, object?>
    {
        ["view"] = view,
        ["on"] = on == Calendar.Today ? null : on.Day(),
        ["since"] = since?.Day(),
        ["search"] = Search,
        ["area"] = Area,
        ["jurisdiction"] = JurisdictionCode,
    });

    private static string? Kept(ChangeEventArgs chosen) => chosen.Value as string;

    private static string Tone(RuleChangeKind kind) => kind switch
    {
        RuleChangeKind.Begins => "ok",
        RuleChangeKind.Changes => "info",
        _ => "off",
    };
}
