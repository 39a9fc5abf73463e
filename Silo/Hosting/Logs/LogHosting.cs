using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace Colloquy.Hosting;

/// <summary>Where log lines go: to stdout, one JSON object each, with trace and span; as text when somebody sits before
/// it.</summary>
internal static class LogHosting
{
    private const string Text = "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    public static void AddColloquyLogs(this ILoggingBuilder logging, ColloquySettings settings)
    {
        var format = settings.LogFormat is LogFormat.Auto
            ? Console.IsOutputRedirected ? LogFormat.Json : LogFormat.Text
            : settings.LogFormat;
        logging.ClearProviders();
        logging.SetMinimumLevel(ToLogLevel(settings.LogLevel));
        logging.AddSerilog(Create(settings.LogLevel, to => to.Console(Formatter(format, settings.Secrets))), dispose: true);
    }

    /// <summary>One logger for the process. The frameworks' routine is left out unless debugging is asked for.</summary>
    public static Logger Create(LogEventLevel level, Action<LoggerSinkConfiguration> to)
    {
        var logs = new LoggerConfiguration().MinimumLevel.Is(level).Enrich.FromLogContext();
        if (level == LogEventLevel.Information)
        {
            logs.MinimumLevel.Override("Microsoft", LogEventLevel.Warning);
            logs.MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information);
            logs.MinimumLevel.Override("Orleans", LogEventLevel.Warning);
            logs.MinimumLevel.Override("System", LogEventLevel.Warning);
        }

        to(logs.WriteTo);
        return logs.CreateLogger();
    }

    public static ITextFormatter Formatter(LogFormat format, IReadOnlyList<string> secrets) => new RedactingFormatter(
        format is LogFormat.Text
            ? new MessageTemplateTextFormatter(Text)
            : new JsonFormatter(closingDelimiter: null, renderMessage: true),
        new Redaction(secrets));

    private static LogLevel ToLogLevel(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => LogLevel.Trace,
        LogEventLevel.Debug => LogLevel.Debug,
        LogEventLevel.Information => LogLevel.Information,
        LogEventLevel.Warning => LogLevel.Warning,
        LogEventLevel.Error => LogLevel.Error,
        _ => LogLevel.Critical,
    };
}
