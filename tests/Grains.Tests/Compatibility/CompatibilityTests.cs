using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colloquy.Journals;
using Colloquy.Memory;
using Colloquy.Knowledge.Ingest;
using Colloquy.Panels;
using Colloquy.Panels.Seats;
using Colloquy.Sessions;

namespace Colloquy.Tests.Compatibility;

/// <summary>What earlier versions wrote is read by today's code, and spelled by it byte for byte as it was.</summary>
public sealed class CompatibilityTests
{
    [Theory]
    [InlineData("v1/session-events.jsonl")]
    [InlineData("v1/session-events-of-mode-two.jsonl")]
    [InlineData("v1/session-events-of-panels.jsonl")]
    public void A_journal_reads_and_spells_as_it_did(string file)
    {
        var (hash, seq) = (JournalChain.Origin, 0);
        Assert.All(Read(file).TrimEnd('\n').Split('\n'), line =>
        {
            var @event = JsonSerializer.Deserialize<SessionEvent>(line, JournalJson.Options)!;
            Assert.NotEqual(typeof(SessionEvent), @event.GetType());
            (var spelled, hash) = JournalChain.Link(@event, ++seq, hash);
            Assert.Equal(line, Encoding.UTF8.GetString(spelled));
        });
    }

    [Theory]
    [InlineData("v1/session-snapshot.json")]
    public void A_snapshot_reads_and_spells_as_it_did(string file)
    {
        var text = Read(file).TrimEnd('\n');
        var state = JsonSerializer.Deserialize<SessionState>(text, JournalJson.Options);
        Assert.Equal(text, JsonSerializer.Serialize(state, JournalJson.Options));
    }

    [Theory]
    [InlineData("v1/facts.jsonl")]
    public void A_fact_reads_and_spells_as_it_did(string file) =>
        Assert.All(Read(file).TrimEnd('\n').Split('\n'), line =>
        {
            var kept = FactJson.Read(new("fact_1", Encoding.UTF8.GetBytes(line), "hashed/1", new byte[] { 0, 0, 128, 63, 0, 0, 0, 191 }));
            Assert.Equal([1f, -0.5f], kept.Vector!.Values.ToArray());
            var row = FactJson.ToRow(kept);
            Assert.Equal(line, Encoding.UTF8.GetString(row.Json.Span));
            Assert.Equal([0, 0, 128, 63, 0, 0, 0, 191], row.Vector.ToArray());
        });

    [Fact]
    public void Every_event_type_has_a_line()
    {
        var lines = Read("v1/session-events.jsonl") + Read("v1/session-events-of-mode-two.jsonl")
            + Read("v1/session-events-of-panels.jsonl");
        Assert.All(typeof(SessionEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute),
            false).Cast<JsonDerivedTypeAttribute>(),
            type => Assert.Contains($"\"type\":\"{type.TypeDiscriminator}\"", lines, StringComparison.Ordinal));
    }

    [Fact]
    public void A_journal_of_an_ingest_reads_and_spells_as_it_did()
    {
        var (hash, seq) = (JournalChain.Origin, 0);
        var lines = Read("v1/ingest-events.jsonl");
        Assert.All(lines.TrimEnd('\n').Split('\n'), line =>
        {
            var @event = JsonSerializer.Deserialize<IngestEvent>(line, JournalJson.Options)!;
            Assert.NotEqual(typeof(IngestEvent), @event.GetType());
            (var spelled, hash) = JournalChain.Link(@event, ++seq, hash);
            Assert.Equal(line, Encoding.UTF8.GetString(spelled));
        });
        Assert.All(typeof(IngestEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>(),
            type => Assert.Contains($"\"type\":\"{type.TypeDiscriminator}\"", lines, StringComparison.Ordinal));
    }

    [Fact]
    public void A_journal_of_a_panel_reads_and_spells_as_it_did()
    {
        var (hash, seq) = (JournalChain.Origin, 0);
        var lines = Read("v1/panel-events.jsonl");
        Assert.All(lines.TrimEnd('\n').Split('\n'), line =>
        {
            var @event = JsonSerializer.Deserialize<PanelEvent>(line, JournalJson.Options)!;
            Assert.NotEqual(typeof(PanelEvent), @event.GetType());
            (var spelled, hash) = JournalChain.Link(@event, ++seq, hash);
            Assert.Equal(line, Encoding.UTF8.GetString(spelled));
        });
        Assert.All(typeof(PanelEvent).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>(),
            type => Assert.Contains($"\"type\":\"{type.TypeDiscriminator}\"", lines, StringComparison.Ordinal));
    }

    [Fact]
    public void A_snapshot_of_a_panel_reads_and_spells_as_it_did()
    {
        var text = Read("v1/panel-snapshot.json").TrimEnd('\n');
        var state = JsonSerializer.Deserialize<PanelState>(text, JournalJson.Options);
        Assert.Equal(text, JsonSerializer.Serialize(state, JournalJson.Options));
    }

    [Fact]
    public void Documents_of_seats_and_of_the_list_of_panels_read_and_spell_as_they_did()
    {
        var lines = Read("v1/panel-documents.jsonl").TrimEnd('\n').Split('\n');
        Assert.All(lines[..2], line => Assert.Equal(line, Respelled<SeatState>(line)));
        Assert.Equal(lines[2], Respelled<PanelListState>(lines[2]));

        static string Respelled<T>(string line) => JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(line, _documents), _documents);
    }

    // As the stores of documents spell them.
    private static readonly JsonSerializerOptions _documents = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static string Read(string file)
    {
        using var stream = typeof(CompatibilityTests).Assembly.GetManifestResourceStream(file)
            ?? throw new FileNotFoundException(file);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
