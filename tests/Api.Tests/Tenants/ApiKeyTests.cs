using Colloquy.Tenants;

namespace Colloquy.Tests.Tenants;

public sealed class ApiKeyTests
{
    [Fact]
    public void A_key_comes_back_as_what_it_was_made_of()
    {
        var key = ApiKey.Make("acme", "k1");
        Assert.Equal(key, ApiKey.Parse(key.Reveal()));
        Assert.StartsWith("clq_acme_k1_", key.Reveal(), StringComparison.Ordinal);
        Assert.Equal(43, key.Secret.Length);
    }

    [Fact]
    public void A_secret_may_hold_the_mark_that_divides_the_parts()
    {
        var secret = "_" + new string('a', 41) + "_";
        Assert.Equal(new ApiKey("acme", "k1", secret), ApiKey.Parse($"clq_acme_k1_{secret}"));
    }

    [Theory]
    [InlineData("any-other-text-of-an-operator")]
    [InlineData("clq_acme_k1_short")]
    [InlineData("clq_Acme_k1_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("clq_acme_k1_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")]
    [InlineData("clq_acme/x_k1_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Any_other_text_is_the_bootstrap_secret(string text) =>
        Assert.Equal(new ApiKey("operator", "bootstrap", text), ApiKey.Parse(text));

    [Fact]
    public void A_key_as_text_hides_its_secret()
    {
        var key = ApiKey.Make("acme", "k1");
        Assert.DoesNotContain(key.Secret, key.ToString(), StringComparison.Ordinal);
    }
}
