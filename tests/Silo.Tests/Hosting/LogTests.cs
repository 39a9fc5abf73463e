using System.Diagnostics;
using System.Text.Json;
using Colloquy.Hosting;
using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;

namespace Colloquy.Tests.Hosting;

public sealed class LogTests
{
    private static readonly string[] Secrets = ["sk-configured-secret", "redis://user:p%40ss-word@host:6379/0"];

    [Fact]
    public void A_line_is_one_json_object_with_message_properties_and_trace()
    {
        using var span = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var line = Assert.Single(Lines(LogFormat.Json, LogEventLevel.Information, (logger, _) =>
            LogTurn(logger, "s-1", 3)));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("Turn 3 of \"s-1\" has ended", json.GetProperty("RenderedMessage").GetString());
        Assert.Equal(("s-1", 3), (json.GetProperty("Properties").GetProperty("Session").GetString(),
            json.GetProperty("Properties").GetProperty("Turn").GetInt32()));
        Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()),
            (json.GetProperty("TraceId").GetString(), json.GetProperty("SpanId").GetString()));
    }

    [Theory]
    [InlineData("sk-configured-secret")]
    [InlineData("p@ss-word")]
    [InlineData("p%40ss-word")]
    [InlineData("Authorization: Bearer abcdefghijklmnop")]
    [InlineData("sk-proj-0123456789abcdef")]
    [InlineData("clq_acme_first_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")]
    public void A_secret_is_struck_out_of_message_property_scope_and_exception(string secret)
    {
        var line = Assert.Single(Lines(LogFormat.Json, LogEventLevel.Information, (logger, _) =>
        {
            using (logger.BeginScope(new Dictionary<string, object> { ["scope"] = secret }))
                LogSecret(logger, secret, new InvalidOperationException($"refused {secret}"));
        }));
        Assert.DoesNotContain(secret.Split(' ')[^1], line, StringComparison.Ordinal);
        Assert.Contains("***", line, StringComparison.Ordinal);
        JsonDocument.Parse(line);
    }

    [Fact]
    public void Text_for_people_keeps_secrets_too()
    {
        var line = Lines(LogFormat.Text, LogEventLevel.Information, (logger, _) => LogTurn(logger, "sk-configured-secret", 1))[0];
        Assert.Contains(" INF Colloquy.Test: Turn 1 of *** has ended", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_frameworks_routine_is_left_out_until_somebody_debugs()
    {
        void Log(ILogger logger, ILoggerFactory loggers) => LogTurn(loggers.CreateLogger("Orleans.Runtime.Catalog"), "s", 1);
        Assert.Empty(Lines(LogFormat.Json, LogEventLevel.Information, Log));
        Assert.Single(Lines(LogFormat.Json, LogEventLevel.Debug, Log));
    }

    private static void LogTurn(ILogger logger, string session, int turn) =>
        logger.LogInformation("Turn {Turn} of {Session} has ended", turn, session);

    private static void LogSecret(ILogger logger, string secret, Exception failure) =>
        logger.LogWarning(failure, "Saw {Value} and " + "more", secret);

    private static string[] Lines(LogFormat format, LogEventLevel level, Action<ILogger, ILoggerFactory> log)
    {
        var sink = new Lined(LogHosting.Formatter(format, Secrets));
        using var serilog = LogHosting.Create(level, to => to.Sink(sink));
        using var loggers = new SerilogLoggerFactory(serilog);
        log(loggers.CreateLogger("Colloquy.Test"), loggers);
        return [.. sink.Lines];
    }

    private sealed class Lined(ITextFormatter formatter) : ILogEventSink
    {
        public List<string> Lines { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            using var line = new StringWriter();
            formatter.Format(logEvent, line);
            Lines.Add(line.ToString());
        }
    }
}
