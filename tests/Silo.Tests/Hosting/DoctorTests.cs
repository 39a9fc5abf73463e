using System.Text.Json;
using Colloquy.FakeModel;
using Colloquy.Hosting;

namespace Colloquy.Tests.Hosting;

public sealed class DoctorTests : IDisposable
{
    private readonly TempDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_laptop_without_keys_is_in_order_and_every_absence_names_its_setting()
    {
        var (code, findings) = await Examine();
        Assert.Equal(0, code);
        Assert.DoesNotContain(findings, finding => finding.Condition is Condition.Wrong);
        Assert.Equal(Condition.Ok, findings.Single(finding => finding.Name == "data directory").Condition);
        Assert.Contains("OPENAI_API_KEY", Absent("model"), StringComparison.Ordinal);
        Assert.Contains("BRAVE_API_KEY", Absent("web search: Brave"), StringComparison.Ordinal);
        Assert.Contains("SEARXNG_URL", Absent("web search: SearXNG"), StringComparison.Ordinal);
        Assert.Contains("PARALLEL_API_KEY", Absent("Parallel"), StringComparison.Ordinal);
        Assert.Contains("QDRANT_URL", Absent("Qdrant"), StringComparison.Ordinal);
        Assert.Contains("REDIS_URL", Absent("Redis"), StringComparison.Ordinal);

        string Absent(string name) =>
            findings.Single(finding => finding.Name == name && finding.Condition is Condition.Absent).Detail;
    }

    [Fact]
    public async Task A_model_service_that_answers_is_ok()
    {
        await using var model = await FakeModelServer.Start(new FakeModelOptions { ApiKey = "right-key" });
        Assert.Equal(Condition.Ok, (await Model(model.BaseUrl, "right-key", "fake-model")).Condition);
    }

    [Theory]
    [InlineData("wrong-key", "fake-model", "refuses the key")]
    [InlineData("right-key", "unheard-of", "does not list unheard-of")]
    public async Task A_model_service_that_refuses_is_wrong_and_the_key_is_not_shown(string key, string model, string detail)
    {
        await using var server = await FakeModelServer.Start(new FakeModelOptions { ApiKey = "right-key" });
        var finding = await Model(server.BaseUrl, key, model);
        Assert.Equal(Condition.Wrong, finding.Condition);
        Assert.Contains(detail, finding.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(key, finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_service_that_nobody_runs_is_wrong()
    {
        var model = await FakeModelServer.Start();
        var gone = model.BaseUrl;
        await model.DisposeAsync();
        Assert.Equal(Condition.Wrong, (await Model(gone, "key", "fake-model")).Condition);
    }

    [Fact]
    public async Task Wrong_settings_are_findings()
    {
        var (code, findings) = await Examine(("COLLOQUY_ROLE", "x"), ("COLLOQUY_SILO_PORT", "y"));
        Assert.Equal(1, code);
        Assert.Equal(2, findings.Count(finding => finding is { Name: "settings", Condition: Condition.Wrong }));
    }

    [Fact]
    public async Task People_read_one_line_for_each_finding()
    {
        using var said = new StringWriter();
        await Doctor.Run(SettingsTests.Configuration(("COLLOQUY_DATA", _home.Path)), said);
        var lines = said.ToString().TrimEnd().Split('\n');
        Assert.All(lines, line => Assert.Matches("^(ok|absent|wrong) +\\S", line));
    }

    private async Task<Finding> Model(string address, string key, string model)
    {
        var (_, findings) = await Examine(("OPENAI_BASE_URL", address), ("OPENAI_API_KEY", key), ("COLLOQUY_MODEL", model));
        return findings.Single(finding => finding.Name == "model");
    }

    private async Task<(int Code, IReadOnlyList<Finding> Findings)> Examine(params (string Name, string Value)[] settings)
    {
        using var said = new StringWriter();
        var code = await Doctor.Run(
            SettingsTests.Configuration([("COLLOQUY_DATA", Path.Combine(_home.Path, "data")), .. settings]), said, asJson: true);
        var findings = JsonDocument.Parse(said.ToString()).RootElement.EnumerateArray().Select(entry => new Finding(
            entry.GetProperty("name").GetString()!,
            Enum.Parse<Condition>(entry.GetProperty("condition").GetString()!, ignoreCase: true),
            entry.GetProperty("detail").GetString()!));
        return (code, [.. findings]);
    }
}
