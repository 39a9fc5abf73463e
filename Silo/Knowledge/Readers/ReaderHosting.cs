using Microsoft.Extensions.DependencyInjection;

namespace Colloquy.Knowledge.Readers;

/// <summary>Registers the readers that every deployment has.</summary>
internal static class ReaderHosting
{
    public static IServiceCollection AddDocumentReaders(this IServiceCollection services) => services
        .AddSingleton<IDocumentReader, PlainTextReader>()
        .AddSingleton<IDocumentReader, MarkdownReader>()
        .AddSingleton<IDocumentReader, HtmlReader>()
        .AddSingleton<IDocumentReader, JsonReader>();
}
