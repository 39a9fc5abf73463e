using System.Globalization;
using System.Text;
using System.Text.Json;
using Colloquy.Journals;

namespace Colloquy.Tests.Journals;

/// <summary>The vectors of RFC 8785, and what its reference implementations are tested with.</summary>
public sealed class CanonicalJsonTests
{
    // Appendix B: the number by its IEEE 754 bits, and its spelling.
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void A_number_is_spelled_as_the_rfc_says(string bits, string spelled)
    {
        var number = BitConverter.Int64BitsToDouble(long.Parse(bits, NumberStyles.HexNumber));
        Assert.Equal(spelled, Spell(number.ToString("R")));
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("-0", "0")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9223372036854775808", "-9223372036854776000")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    public void However_a_number_came_it_has_one_spelling(string came, string spelled) => Assert.Equal(spelled, Spell(came));

    [Fact]
    public void A_number_beyond_every_number_is_refused() => Assert.Throws<FormatException>(() => Spell("1e999"));

    // Section 3.2.2 and 3.2.3.
    [Fact]
    public void Texts_are_escaped_no_more_than_needed() => Assert.Equal(
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        Spell("""
            { "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }
            """));

    [Fact]
    public void Members_are_sorted_by_utf_16_units() => Assert.Equal(
        ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"],
        JsonDocument.Parse(Spell("""
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """)).RootElement.EnumerateObject().Select(member => member.Name));

    [Fact]
    public void Surrogate_pairs_and_controls_are_written_plainly() =>
        Assert.Equal("\"😀\u007f\u2028\\u0000\"", Spell("\"\\ud83d\\ude00\\u007f\\u2028\\u0000\""));

    [Fact]
    public void A_canonical_text_stays_as_it_is()
    {
        var once = Spell("""{"b":[1,{"z":0.1,"a":"é"}],"a":{}}""");
        Assert.Equal(once, Spell(once));
    }

    [Fact]
    public void Random_numbers_come_back_as_they_were()
    {
        var random = new Random(7);
        Assert.All(Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))
            .Where(double.IsFinite), number => Assert.Equal(number, double.Parse(Spell(number.ToString("R")))));
    }

    private static string Spell(string json)
    {
        var text = new StringBuilder();
        CanonicalJson.Write(text, JsonDocument.Parse(json).RootElement);
        return text.ToString();
    }
}
