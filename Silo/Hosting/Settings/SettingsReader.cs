using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Colloquy.Hosting;

/// <summary>Reads settings one by one and gathers what is wrong with them. A wrong setting reads as its default.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private const string FileSuffix = "_FILE";
    private const int FileLengthMax = 64 * 1024;

    private readonly List<string> _mistakes = [];
    private readonly List<string> _secrets = [];

    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>The secrets that were read.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>The value, its default, or null. Blank means not given, as a variable in a compose file does.</summary>
    public string? Text(Setting setting)
    {
        var given = Given(setting);
        if (given is not null && setting.IsSecret)
            _secrets.Add(given);
        return given ?? setting.Default;
    }

    public int Number(Setting setting, int min, int max)
    {
        var text = Text(setting)!;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max)
            return number;
        Wrong(setting, $"must be a whole number from {min} to {max}", text);
        return int.Parse(setting.Default!, CultureInfo.InvariantCulture);
    }

    public TimeSpan Seconds(Setting setting, int min, int max) => TimeSpan.FromSeconds(Number(setting, min, max));

    public bool Flag(Setting setting)
    {
        var text = Text(setting)!;
        if (bool.TryParse(text, out var flag))
            return flag;
        Wrong(setting, "must be true or false", text);
        return bool.Parse(setting.Default!);
    }

    public T Choice<T>(Setting setting)
        where T : struct, Enum
    {
        var text = Text(setting)!;
        if (Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<T>(text, ignoreCase: true);
        Wrong(setting, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}", text);
        return Enum.Parse<T>(setting.Default!, ignoreCase: true);
    }

    /// <summary>An address of HTTP without query, or null.</summary>
    public Uri? Url(Setting setting)
    {
        if (Text(setting) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0)
        {
            if (url.UserInfo.Length == 0)
                return url;
            Wrong(setting, "must not hold a user or password: give the key in its own setting", found: null);
        }
        else
            Wrong(setting, "must be an address such as https://example.org/v1", text);
        return setting.Default is null ? null : new Uri(setting.Default);
    }

    /// <summary>Values divided by commas, semicolons or blanks. Those that the rule refuses are mistakes.</summary>
    public IReadOnlyList<string> List(Setting setting, string expected, Func<string, bool> rule)
    {
        var items = (Text(setting) ?? "").Split(
            [',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var item in items.Where(item => !rule(item)))
            Wrong(setting, expected, item);
        return [.. items.Where(rule).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public IPAddress? Address(Setting setting)
    {
        if (Text(setting) is not { } text)
            return null;
        if (IPAddress.TryParse(text, out var address))
            return address;
        Wrong(setting, "must be an IP address that the other processes reach this one by", text);
        return null;
    }

    /// <summary>The value if it keeps the rule.</summary>
    public string Matching(Setting setting, string expected, Func<string, bool> rule)
    {
        var text = Text(setting)!;
        if (rule(text))
            return text;
        Wrong(setting, expected, text);
        return setting.Default!;
    }

    public void Wrong(Setting setting, string expected, string? found) =>
        _mistakes.Add($"{setting.Name} {expected}{(found is null || setting.IsSecret ? "" : $"; it is '{found}'")}.");

    private string? Given(Setting setting)
    {
        var named = setting.Argument is { } argument && NotBlank(configuration[argument]) is { } typed ? typed
            : NotBlank(configuration[setting.Name]);
        if (NotBlank(configuration[setting.Name + FileSuffix]) is not { } path)
            return named;
        if (named is null)
            return ReadFile(setting, path);
        Once($"{setting.Name} and {setting.Name}{FileSuffix} are both given: one of them must go.");
        return named;
    }

    private string? ReadFile(Setting setting, string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length <= FileLengthMax)
                return NotBlank(File.ReadAllText(path).TrimEnd('\r', '\n'));
            Once($"{setting.Name}{FileSuffix} names a file of {file.Length} bytes; a value has at most {FileLengthMax}.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Once($"{setting.Name}{FileSuffix} must name a file that can be read; it is '{path}': {failure.Message}");
        }

        return null;
    }

    // A setting may be looked at more than once.
    private void Once(string mistake)
    {
        if (!_mistakes.Contains(mistake))
            _mistakes.Add(mistake);
    }

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
