using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Colloquy.Journals;
using Colloquy.Tests.Sessions;

namespace Colloquy.Tests.Journals;

public sealed class JournalChainTests
{
    private static readonly List<byte[]> _journal = Talk.Begun().Asks("Why 😀?").Calls("tool").Answers("Because é.").Lines();

    [Fact]
    public void A_journal_holds() => Assert.Equal(_journal.Count, Held(_journal));

    [Fact]
    public void A_line_with_any_byte_changed_is_refused()
    {
        var (line, before) = (_journal[^1], JournalChain.HashOf(_journal[^2]));
        Assert.All(Enumerable.Range(0, line.Length * 8), bit =>
            Assert.Null(JournalChain.Verify(Changed(line, bit / 8, 1 << (bit % 8)), _journal.Count, before)));
    }

    [Fact]
    public void A_line_in_another_place_is_refused()
    {
        Assert.Equal(0, Held(_journal.Skip(1)));
        Assert.Equal(1, Held(_journal.Where((_, at) => at != 1)));
        Assert.Null(JournalChain.Verify(_journal[0], 2, JournalChain.Origin));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"hash":"x","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"x":1e999}""")]
    [InlineData("""{"hash":"x","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"x":"\ud800"}""")]
    public void What_is_no_line_is_refused(string text) =>
        Assert.Null(JournalChain.Verify(Encoding.UTF8.GetBytes(text), 1, JournalChain.Origin));

    [Fact]
    public void Somebody_else_can_verify_an_export() => Assert.True(Verifies(_journal));

    [Fact]
    public void Somebody_else_sees_any_changed_byte() => Assert.All(Enumerable.Range(0, _journal.Sum(line => line.Length)), at =>
    {
        var (changed, line) = (_journal.ToList(), 0);
        for (; at >= changed[line].Length; line++)
            at -= changed[line].Length;
        changed[line] = Changed(changed[line], at, 1);
        Assert.False(Verifies(changed));
    });

    // An independent verifier: it shares no code with the product. Everything in these lines is text, a whole number or a list.
    private static bool Verifies(List<byte[]> lines)
    {
        try
        {
            var (before, seq) = (new string('0', 64), 0);
            foreach (var line in lines.Select(JsonObject (line) => JsonNode.Parse(line)!.AsObject()))
            {
                var hash = (string)line["hash"]!;
                line.Remove("hash");
                var canonical = Encoding.UTF8.GetBytes(Spell(line));
                if ((string)line["prev"]! != before || (int)line["seq"]! != ++seq
                    || Convert.ToHexStringLower(SHA256.HashData(canonical)) != hash)
                    return false;
                before = hash;
            }
            return true;
        }
        catch (Exception) { return false; }
    }

    private static readonly System.Text.Json.JsonSerializerOptions _plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Spell(JsonNode? node) => node switch
    {
        JsonObject one => $"{{{string.Join(',', one.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"\"{member.Key}\":{Spell(member.Value)}"))}}}",
        JsonArray many => $"[{string.Join(',', many.Select(Spell))}]",
        _ => node!.ToJsonString(_plain).Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal),
    };

    private static int Held(IEnumerable<byte[]> lines)
    {
        var (hash, held) = (JournalChain.Origin, 0);
        foreach (var line in lines)
        {
            if (JournalChain.Verify(line, held + 1, hash) is not { } next)
                break;
            (hash, held) = (next, held + 1);
        }
        return held;
    }

    private static byte[] Changed(byte[] line, int at, int bits)
    {
        var changed = line.ToArray();
        changed[at] ^= (byte)bits;
        return changed;
    }
}
