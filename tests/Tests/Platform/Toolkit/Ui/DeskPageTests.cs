using System.Security.Claims;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Ui;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Ui;

public sealed class DeskPageTests
{
    private static readonly Guid Account = Guid.Parse("01890000-0000-7000-8000-000000000001");

    [Fact]
    public async Task A_slice_runs_in_a_scope_of_its_own_in_the_name_of_the_reader()
    {
        await using var context = ContextWithReader();
        var page = context.Render<TestPage>().Instance;

        var (first, firstActor) = await page.ReadAsync();
        var (second, _) = await page.ReadAsync();

        Assert.NotSame(first, second);
        Assert.Equal(Account, firstActor.Account);
        Assert.Equal("bureau", firstActor.Role);
        Assert.True(first.IsDisposed);
    }

    [Fact]
    public async Task An_action_runs_once_at_a_time_and_its_button_is_off_meanwhile()
    {
        await using var context = ContextWithReader();
        var page = context.Render<TestPage>();
        var gate = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);

        var first = page.InvokeAsync(() => page.Instance.DoAsync(gate.Task));
        page.WaitForAssertion(() => Assert.True(page.Find("button").HasAttribute("disabled")), TimeSpan.FromSeconds(30));
        var second = await page.InvokeAsync(() => page.Instance.DoAsync(Task.FromResult(Outcome.Done)));
        gate.SetResult(Outcome.Refused("No"));

        Assert.Null(second);
        Assert.False((await first)!.IsDone);
        Assert.False(page.Instance.IsActing);
    }

    [Fact]
    public async Task A_page_hears_a_topic_until_the_reader_leaves()
    {
        await using var context = ContextWithReader();
        var page = context.Render<TestPage>();
        var feed = context.Services.GetRequiredService<LiveFeed>();

        feed.Tell("things");
        context.Clock.Advance(TimeSpan.FromMilliseconds(250));
        page.WaitForAssertion(() => Assert.Equal("1", page.Find("i").TextContent), TimeSpan.FromSeconds(30));
        var left = page.Instance;
        await context.DisposeComponentsAsync();
        feed.Tell("things");
        context.Clock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(1, left.Heard);
        Assert.True(left.HasGone);
    }

    [Fact]
    public async Task A_list_keeps_search_and_page_in_the_address_and_leaves_out_what_is_usual()
    {
        await using var context = ContextWithReader();
        var page = context.Render<TestPage>().Instance;
        var here = context.Services.GetRequiredService<NavigationManager>();

        page.Move(("search", "DQ"), ("page", 2));
        var second = here.ToBaseRelativePath(here.Uri);
        page.Move(("search", ""), ("page", 1));

        Assert.Equal("?search=DQ&page=2", second);
        Assert.Equal("", here.ToBaseRelativePath(here.Uri));
    }

    private static UiContext ContextWithReader()
    {
        var context = new UiContext();
        context.AddAuthorization().SetAuthorized("bureau").SetRoles("bureau").SetClaims(new Claim(ClaimTypes.NameIdentifier, Account.ToString()));
        context.Services.AddScoped<CurrentActor>().AddSingleton(TimeProvider.System).AddSingleton<AccessLog>().AddScoped<PeopleSeen>().AddScoped<Slice>();
        context.Services.AddSingleton<IPermissions, TestPermissions>().AddSingleton<EndpointDataSource>(new DefaultEndpointDataSource()).AddSingleton<SlicePermissions>();
        return context;
    }

    internal sealed class Slice(CurrentActor current) : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public Actor Actor => current.Actor;

        public void Dispose() => IsDisposed = true;
    }

    internal sealed class TestPage : DeskPage
    {
        public int Heard { get; private set; }

        public bool IsActing => IsBusy;

        public bool HasGone => Gone.IsCancellationRequested;

        public Task<(Slice Slice, Actor Actor)> ReadAsync() => RunAsync((Slice slice) => Task.FromResult((slice, slice.Actor)));

        public Task<Outcome?> DoAsync(Task<Outcome> work) => ActAsync((Slice _) => work);

        public void Move(params (string, object?)[] parameters) => Go(parameters);

        protected override void OnInitialized() => Follow("things", () =>
        {
            Heard++;
            return Task.CompletedTask;
        });

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "disabled", IsBusy);
            builder.CloseElement();
            builder.OpenElement(2, "i");
            builder.AddContent(3, Heard);
            builder.CloseElement();
        }
    }
}
