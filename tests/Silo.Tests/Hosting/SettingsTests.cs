using Colloquy.Hosting;
using Microsoft.Extensions.Configuration;

namespace Colloquy.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_given_is_one_process_without_a_model_service()
    {
        var settings = Read();
        Assert.Equal((ProcessRole.All, Path.GetFullPath("./data")), (settings.Role, settings.DataDirectory));
        Assert.Null(settings.Cluster);
        Assert.Null(settings.OpenAi);
        Assert.Empty(settings.Secrets);
        Assert.False(settings.ShedsLoad);
    }

    [Fact]
    public void Every_mistake_is_listed_at_once_with_its_name_what_is_expected_and_what_was_found()
    {
        var wrong = Assert.Throws<SettingsException>(() => Read(
            ("COLLOQUY_ROLE", "everything"), ("COLLOQUY_SILO_PORT", "70000"), ("COLLOQUY_LOG_LEVEL", "loud"),
            ("OPENAI_BASE_URL", "api.example.org"), ("COLLOQUY_CORS_ORIGINS", "https://a.example,b.example/x"),
            ("COLLOQUY_REDIS_REQUIRE_AOF", "perhaps"), ("COLLOQUY_ADVERTISED_IP", "here"), ("COLLOQUY_WEB_ALLOW", "localhost"),
            ("COLLOQUY_PROXIES", "10.0.0.0/8 everyone")));
        Assert.Equal(9, wrong.Mistakes.Count);
        Assert.Contains("COLLOQUY_ROLE must be one of all, silo, api; it is 'everything'.", wrong.Mistakes);
        Assert.Contains("COLLOQUY_SILO_PORT must be a whole number from 1 to 65535; it is '70000'.", wrong.Mistakes);
        Assert.Contains(wrong.Mistakes, mistake => mistake.EndsWith("it is 'b.example/x'.", StringComparison.Ordinal));
        Assert.All(wrong.Mistakes, mistake => Assert.Contains(mistake, wrong.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_secret_is_named_and_not_shown()
    {
        var wrong = Assert.Throws<SettingsException>(() => Read(("COLLOQUY_BOOTSTRAP_KEY", "too-short")));
        Assert.StartsWith("COLLOQUY_BOOTSTRAP_KEY must be 16 to 512", Assert.Single(wrong.Mistakes), StringComparison.Ordinal);
        Assert.DoesNotContain("too-short", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_may_come_from_a_file_as_secrets_are_mounted()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "key");
        File.WriteAllText(file, "sk-from-a-file\n");
        var settings = Read(("OPENAI_API_KEY_FILE", file));
        Assert.Equal("sk-from-a-file", settings.OpenAi!.ApiKey);
        Assert.Equal(["sk-from-a-file"], settings.Secrets);
    }

    [Fact]
    public void A_file_that_cannot_be_read_and_a_value_given_twice_are_mistakes()
    {
        var wrong = Assert.Throws<SettingsException>(() => Read(
            ("OPENAI_API_KEY_FILE", "/nowhere/at/all"),
            ("BRAVE_API_KEY", "secret-value"), ("BRAVE_API_KEY_FILE", "/nowhere/either")));
        Assert.Equal(2, wrong.Mistakes.Count);
        Assert.Contains(wrong.Mistakes, mistake =>
            mistake.StartsWith("OPENAI_API_KEY_FILE must name a file", StringComparison.Ordinal));
        Assert.Contains("BRAVE_API_KEY and BRAVE_API_KEY_FILE are both given: one of them must go.", wrong.Mistakes);
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("api")]
    public void A_part_of_a_cluster_needs_the_place_where_it_meets_the_others(string role)
    {
        var wrong = Assert.Throws<SettingsException>(() => Read(("COLLOQUY_ROLE", role)));
        Assert.Contains("REDIS_URL", Assert.Single(wrong.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_of_ones_own_needs_no_key()
    {
        var settings = Read(("OPENAI_BASE_URL", "http://127.0.0.1:8000/v1"), ("COLLOQUY_MODEL", "llama"));
        Assert.Null(settings.OpenAi!.ApiKey);
        Assert.Equal(("llama", new Uri("http://127.0.0.1:8000/v1")), (settings.OpenAi.Model, settings.OpenAi.BaseUrl));
    }

    [Fact]
    public void Blank_is_not_given()
    {
        var settings = Read(("OPENAI_API_KEY", " "), ("REDIS_URL", ""), ("COLLOQUY_SILO_PORT", ""));
        Assert.Null(settings.OpenAi);
        Assert.Null(settings.Cluster);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment()
    {
        var settings = Read(("COLLOQUY_DATA", "/one"), ("data", "/two"), ("urls", "http://*:9000;http://[::1]:9001"));
        Assert.Equal("/two", settings.DataDirectory);
        Assert.Equal("http://*:9000;http://[::1]:9001", settings.Urls);
    }

    [Fact]
    public void Times_that_contradict_one_another_are_a_mistake()
    {
        var wrong = Assert.Throws<SettingsException>(() => Read(
            ("COLLOQUY_MODEL_FIRST_TOKEN_SECONDS", "120"), ("COLLOQUY_MODEL_TOTAL_SECONDS", "60")));
        Assert.Contains("COLLOQUY_MODEL_TOTAL_SECONDS", Assert.Single(wrong.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_are_printed_hold_no_secret()
    {
        var settings = Read(("OPENAI_API_KEY", "sk-very-secret"), ("BRAVE_API_KEY", "brave-secret"));
        Assert.DoesNotContain("secret", $"{settings} {settings.OpenAi} {settings.Tools}", StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_has_a_default() =>
        Assert.DoesNotContain(KnownSettings.All, setting => setting is { IsSecret: true, Default: not null });

    /// <summary>Of two values with one name the later holds.</summary>
    internal static IConfiguration Configuration(params (string Name, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.GroupBy(pair => pair.Name, pair => (string?)pair.Value)
            .Select(named => KeyValuePair.Create(named.Key, named.Last()))).Build();

    private static ColloquySettings Read(params (string Name, string Value)[] values) =>
        ColloquySettings.Read(Configuration(values));
}
