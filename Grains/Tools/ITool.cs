using System.Text.Json;

namespace Colloquy.Tools;

/// <summary>What happens in the world when a tool is called, and so what a crash in the middle of a call allows.</summary>
public enum SideEffect
{
    /// <summary>Nothing: it may be called again at will.</summary>
    Pure,

    /// <summary>Something, once per operation id however often it is called.</summary>
    Idempotent,

    /// <summary>Something that happens with every call: a call in doubt is never repeated.</summary>
    Opaque,
}

/// <summary>A tool as a model is told of it.</summary>
/// <param name="Name">1 to 64 of a-z, 0-9 and _.</param>
/// <param name="Schema">JSON schema of the arguments.</param>
/// <param name="Timeout">After this the call has failed.</param>
public sealed record ToolDescriptor(string Name, string Description, JsonElement Schema, SideEffect SideEffect, TimeSpan Timeout);

/// <summary>One call of a tool.</summary>
/// <param name="OperationId">The same for every attempt at this call: the tool's idempotency key.</param>
/// <param name="Collections">Knowledge that the calling agent may read.</param>
public sealed record ToolInvocation(
    string Tenant, string OperationId, JsonElement Arguments, IReadOnlyList<string> Collections);

/// <summary>Something that a model may have done.</summary>
public interface ITool
{
    ToolDescriptor Descriptor { get; }

    /// <summary>Does it and answers with text for the model.</summary>
    /// <exception cref="ToolException">It could not be done, and the model is told why.</exception>
    Task<string> Invoke(ToolInvocation invocation, CancellationToken cancellation);
}

/// <summary>A call that failed in a way that the tool understands.</summary>
/// <param name="code">Stable, for programs.</param>
public sealed class ToolException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
