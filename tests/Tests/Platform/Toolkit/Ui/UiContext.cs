using System.Globalization;
using Anlan.Accounts;
using Anlan.Kernel.Time;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;
using Anlan.Welding;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace Anlan.Tests.Platform.Toolkit.Ui;

/// <summary>What a shared component finds around it: words, the city's time, an invented city's map. It is 9:00 on 5 March 2040.</summary>
internal sealed class UiContext : BunitContext
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    /// <param name="language">Of the reader.</param>
    public UiContext(string language = "zh-CN")
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Calendar = new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), Clock);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Clock).AddSingleton(Calendar).AddSingleton(Books.Whole).AddSingleton(new ModuleList(new AccountsModule(), new WeldingModule()));
        Services.AddSingleton(CityPack.Load(Path.Combine(AppContext.BaseDirectory, "Platform", "Host", "Cities", "yunchuan")));
        Services.AddLogging().AddLocalization().AddAnlanUi().AddMudServices();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2040, 3, 5, 1, 0, 0, TimeSpan.Zero));

    public CityCalendar Calendar { get; }

    public IStringLocalizer<T> Words<T>() => Services.GetRequiredService<IStringLocalizer<T>>();

    protected override void Dispose(bool disposing)
    {
        CultureInfo.CurrentUICulture = _before;
        base.Dispose(disposing);
    }
}
