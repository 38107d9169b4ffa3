using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Mqtt;
using Anlan.Toolkit.Outbox;
using Anlan.Welding.Interlock;
using Anlan.Welding.Labels;
using Anlan.Welding.Live;
using Anlan.Welding.Loans;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding.Fitting;

/// <summary>What the fitting of chips adds to the module.</summary>
internal static class FittingServices
{
    /// <summary>What the registry of machines needs of it.</summary>
    public static void AddFitting(this IServiceCollection services)
    {
        services.AddSingleton<FittingRules>();
        services.AddScoped<FittingDesk>();
        services.AddScoped<MoveFitting>();
        services.AddScoped<AttachFittingPhoto>();
        services.AddScoped<ShowFitting>();
        services.AddScoped<ListFittings>();
        services.AddScoped<ListCoverage>();
        services.AddSingleton<LabelFont>();
        services.AddScoped<PrintLabels>();
        services.AddEntityIndex<LoanIndex>();
        services.AddScoped<LendMachine>();
    }

    /// <summary>Self-tests, which need chips that listen.</summary>
    public static void AddSelfTests(this IServiceCollection services)
    {
        services.AddSingleton<LogKind>(SelfTestLog.Asked);
        services.AddSingleton<LogKind>(SelfTestLog.Tested);
        services.AddSingleton<SelfTests>();
        services.AddSingleton<ILogObserver>(provider => provider.GetRequiredService<SelfTests>());
        services.AddSingleton<IUplinkHandler, OnTested>();
        services.AddScoped<TestChip>();
        services.AddHostedService<TurnLoans>();
        services.AddSubscriber<FittingChanged, RecheckSessions>();
    }

    /// <summary>Routes beside those of the machines.</summary>
    public static void MapFitting(this IEndpointRouteBuilder api)
    {
        MoveFitting.Map(api);
        AttachFittingPhoto.Map(api);
        ShowFitting.Map(api);
        ListFittings.Map(api);
        ListCoverage.Map(api);
        PrintLabels.Map(api);
        LendMachine.Map(api);
    }
}
