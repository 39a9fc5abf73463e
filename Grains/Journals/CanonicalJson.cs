using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Colloquy.Journals;

/// <summary>
/// The one spelling of a JSON value, after RFC 8785: members sorted by UTF-16 units, no space, shortest numbers, nothing escaped
/// that need not be. Two programs that agree on a value agree on its bytes, and so on its hash.
/// </summary>
public static class CanonicalJson
{
    public static void Write(StringBuilder into, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMembers(into, value.EnumerateObject().Select(member => (member.Name, member.Value)));
                break;
            case JsonValueKind.Array:
                into.Append('[');
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!first)
                        into.Append(',');
                    first = false;
                    Write(into, item);
                }
                into.Append(']');
                break;
            case JsonValueKind.String:
                WriteText(into, value.GetString()!);
                break;
            case JsonValueKind.Number:
                into.Append(Number(value));
                break;
            default:
                into.Append(value.GetRawText()); // true, false and null have one spelling
                break;
        }
    }

    public static void WriteMembers(StringBuilder into, IEnumerable<(string Name, JsonElement Value)> members)
    {
        into.Append('{');
        var first = true;
        foreach (var (name, member) in members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (!first)
                into.Append(',');
            first = false;
            WriteText(into, name);
            into.Append(':');
            Write(into, member);
        }
        into.Append('}');
    }

    /// <summary>A string as ECMAScript's JSON.stringify writes it.</summary>
    private static void WriteText(StringBuilder into, string text)
    {
        into.Append('"');
        foreach (var unit in text)
            _ = unit switch
            {
                '"' => into.Append("\\\""),
                '\\' => into.Append("\\\\"),
                '\b' => into.Append("\\b"),
                '\f' => into.Append("\\f"),
                '\n' => into.Append("\\n"),
                '\r' => into.Append("\\r"),
                '\t' => into.Append("\\t"),
                < ' ' => into.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => into.Append(unit),
            };
        into.Append('"');
    }

    /// <summary>A number as ECMAScript's Number.toString writes it (ECMA-262, 6.1.6.1.20).</summary>
    private static string Number(JsonElement value)
    {
        if (value.TryGetInt64(out var whole) && whole is > -(1L << 53) and < 1L << 53)
            return whole.ToString(CultureInfo.InvariantCulture);
        var number = value.GetDouble();
        if (number == 0)
            return "0";
        if (!double.IsFinite(number))
            throw new FormatException($"{value.GetRawText()} is beyond every number.");
        // The shortest digits that mean this number, as "123.45" or "1.2345E+25".
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var sides = parts[0].Split('.');
        var all = sides.Length == 1 ? sides[0] : sides[0] + sides[1];
        var point = sides[0].Length + (parts.Length == 1 ? 0 : int.Parse(parts[1], CultureInfo.InvariantCulture));
        var digits = all.TrimStart('0');
        return (number < 0 ? "-" : "") + Place(digits.TrimEnd('0'), point - (all.Length - digits.Length));
    }

    /// <param name="point">How many digits stand before the decimal point; may be negative.</param>
    private static string Place(string digits, int point) => point switch
    {
        > 21 or <= -6 => digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + "e" + (point > 0 ? "+" : "-")
            + Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture),
        <= 0 => "0." + new string('0', -point) + digits,
        _ when point >= digits.Length => digits + new string('0', point - digits.Length),
        _ => digits[..point] + "." + digits[point..],
    };
}
