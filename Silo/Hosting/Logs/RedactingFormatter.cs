using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace Colloquy.Hosting;

/// <summary>
/// Strikes secrets out of the finished line, wherever they came from: message, property, scope or the text of an exception.
/// </summary>
internal sealed class RedactingFormatter(ITextFormatter inner, Redaction redaction) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        inner.Format(logEvent, line);
        output.Write(redaction.Of(line.ToString()));
    }
}
