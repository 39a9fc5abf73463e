using Colloquy.Problems;

namespace Colloquy.OpenApi;

/// <summary>The problems that an endpoint answers with beside those that all do.</summary>
internal sealed record RefusalMetadata(IReadOnlyList<ProblemCode> Codes);

/// <summary>A body that an endpoint accepts, for its description.</summary>
internal sealed record ExampleMetadata(object Body);

/// <summary>The endpoint answers with a stream of events as well.</summary>
internal sealed record StreamMetadata;

/// <summary>The endpoint takes text, of one of these types.</summary>
internal sealed record TextBodyMetadata(IReadOnlyList<string> Types);

/// <summary>Says in one chain what an endpoint is called, takes, answers and refuses.</summary>
internal static class RouteDescription
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string operation, string summary) =>
        route.WithName(operation).WithSummary(summary);

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, int status) => route.Produces<T>(status);

    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder route, int status) => route.Produces(status);

    public static RouteHandlerBuilder AnswersText(this RouteHandlerBuilder route, int status, string type) =>
        route.Produces<string>(status, type);

    public static RouteHandlerBuilder TakesText(this RouteHandlerBuilder route, IReadOnlyList<string> types) =>
        route.WithMetadata(new TextBodyMetadata(types));

    public static RouteHandlerBuilder Streams(this RouteHandlerBuilder route) => route.WithMetadata(new StreamMetadata());

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params IReadOnlyList<ProblemCode> codes) =>
        route.WithMetadata(new RefusalMetadata(codes));

    public static RouteHandlerBuilder Example(this RouteHandlerBuilder route, object body) =>
        route.WithMetadata(new ExampleMetadata(body));
}
