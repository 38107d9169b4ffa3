using System.Net;
using System.Net.Http.Json;
using System.Text;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.People;
using Anlan.Kernel.Log;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Enterprises.People;

public sealed class AddPersonTests
{
    [Fact]
    public async Task A_person_is_shown_masked_and_found_by_the_whole_number()
    {
        await using var host = await RegistryHost.StartAsync();
        var id = await RegistryHost.IdAsync(await host.Bureau.PostAsJsonAsync("people", new { name = "沈建明", identityNumber = "990000198506151232", phone = "139 0000 1234" }));

        var shown = await RegistryHost.JsonAsync(await host.Bureau.GetAsync($"people/{id}"));
        var found = await RegistryHost.JsonAsync(await host.Bureau.GetAsync("people?search=990000198506151232"));

        Assert.Equal("沈*明", shown.GetProperty("name").GetString());
        Assert.Equal("990000********1232", shown.GetProperty("identityNumber").GetString());
        Assert.Equal("139****1234", shown.GetProperty("phone").GetString());
        Assert.Equal(id, found.GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal("沈*明", host.Get<IPeople>().Find(new PersonId(id))?.MaskedName);
    }

    [Fact]
    public async Task The_database_holds_no_name_no_number_and_no_telephone()
    {
        var host = await RegistryHost.StartAsync();
        var enterprise = await host.AnEnterpriseAsync();
        await RegistryHost.IdAsync(await host.Bureau.PostAsJsonAsync("people", new { name = "Shen Jianming", identityNumber = "990000198506151232", phone = "13900001234" }));
        await host.ManagerOf(enterprise).PostAsJsonAsync($"enterprises/{enterprise}/people", new { name = "Shen Jianguo", identityNumber = "990000199001010017", kind = "permanent" });
        var folder = await host.StopAsync();

        var bytes = await TestStore.ContentsAsync(folder);

        string[] personal = ["Shen", "Jianming", "990000198506151232", "850615", "13900001234", "990000199001010017"];
        Assert.DoesNotContain(personal, text => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
        Assert.True(bytes.AsSpan().IndexOf("Northport Steel"u8) >= 0);
        TestStore.Remove(folder);
    }

    [Fact]
    public async Task One_number_is_one_person_even_when_entered_twice_at_the_same_moment()
    {
        await using var host = await RegistryHost.StartAsync();
        var request = new { name = "Shen Anlan", identityNumber = "990000198506151232" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Bureau.PostAsJsonAsync("people", request)));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        Assert.Equal(["identityNumber:IdentityNumberTaken"], await RegistryHost.RefusalsAsync(answers.First(a => !a.IsSuccessStatusCode)));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_and_nothing_repeats_the_number()
    {
        await using var host = await RegistryHost.StartAsync();

        var answer = await host.Bureau.PostAsJsonAsync("people", new { name = "7", identityNumber = "990000198506151233", phone = "12345" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain("850615", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["name:PersonNameFormat", "identityNumber:IdentityNumberCheckDigit", "phone:PhoneFormat"], await RegistryHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task Numbers_of_nobody_are_refused_outside_a_demonstration()
    {
        await using var host = await RegistryHost.StartAsync(isDemo: false);

        var answer = await host.Bureau.PostAsJsonAsync("people", new { name = "Shen Anlan", identityNumber = "990000198506151232" });

        Assert.Equal(["identityNumber:IdentityNumberSynthetic"], await RegistryHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task The_commitment_is_over_number_and_name_with_the_persons_own_salt()
    {
        await using var host = await RegistryHost.StartAsync();
        var one = new PersonId(await host.APersonAsync("Shen Anlan", "990000198506151232"));
        var other = new PersonId(await host.APersonAsync("Shen Anlan", "990000199001010017"));
        var people = host.Get<IPeople>();

        var person = await host.ReadAsync(db => db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == one));
        var salt = host.Get<Anlan.Toolkit.Security.PersonalFields>().Decrypt(person.Salt, $"enterprises.person/{one.Value}/salt");

        Assert.Equal(Commitment.Over(Convert.FromHexString(salt), "990000198506151232", "Shen Anlan"), people.Find(one)?.Commitment);
        Assert.NotEqual(people.Find(one)?.Commitment, people.Find(other)?.Commitment);
    }

    [Theory]
    [InlineData("沈明")]
    [InlineData("阿卜杜热西提·麦麦提")]
    [InlineData("Anne-Marie O'Neil Jr.")]
    public void Names_of_all_kinds_pass(string name) => Assert.Null(PersonFields.CheckName(PersonFields.NormaliseName(name)));

    [Theory]
    [InlineData("13900001234", true)]
    [InlineData("+86 139-0000-1234", true)]
    [InlineData("0572-1234567", true)]
    [InlineData("12900001234", false)]
    [InlineData("1390000123", false)]
    [InlineData("phone", false)]
    public void Telephones_are_mobile_or_with_area_code(string phone, bool isRight) => Assert.Equal(isRight, PersonFields.CheckPhone(PersonFields.NormalisePhone(phone)) is null);
}
