using Anlan.Training.Certificates;

namespace Anlan.Tests.Training.Certificates;

public sealed class CertificateNumberTests
{
    [Theory]
    [InlineData("T990000198506151232", null)]
    [InlineData("T11010519491231002X", null)]
    [InlineData("NP-000001", null)] // the form is custom, not law
    [InlineData("T990000198506151233", "CertificateNumberCheckDigit")]
    [InlineData("", "CertificateNumberMissing")]
    [InlineData("NP-1", "CertificateNumberFormat")]
    [InlineData("NP 000001", "CertificateNumberFormat")]
    [InlineData("12345678901234567890123456789012345678901", "CertificateNumberFormat")]
    public void A_number_of_the_customary_form_must_be_right(string number, string? refusal) => Assert.Equal(refusal, CertificateNumber.Check(number)?.Code);

    [Theory]
    [InlineData(" t990000 198506151232 ", "T990000198506151232")]
    [InlineData("\uff34\uff19\uff190000198506151232", "T990000198506151232")]
    public void What_people_type_is_made_plain(string typed, string plain) => Assert.Equal(plain, CertificateNumber.Normalise(typed));

    [Theory]
    [InlineData("T990000198506151232", "T990000********1232")]
    [InlineData("NP-000001", "*****0001")]
    [InlineData("1234", "1234")]
    public void Screens_show_the_number_masked(string number, string masked) => Assert.Equal(masked, CertificateNumber.Mask(number));
}
