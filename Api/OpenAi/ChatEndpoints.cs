using Colloquy.Agents;
using Colloquy.Hosting;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.OpenAi;

/// <summary>Chat completions: a session and a run for each, or a panel, answered in OpenAI's protocol.</summary>
internal static class ChatEndpoints
{
    private const string SessionHeader = "x-colloquy-session";
    private const string RunHeader = "x-colloquy-run";

    /// <summary>What models will begin with that are no agents.</summary>
    private static readonly string[] Later = ["research:"];

    public static async Task<IResult> Complete(
        HttpContext context, OperationKey operation, Caller caller, GrainCalls calls, ChatRuns runs, TimeProvider time)
    {
        var request = ChatRequestReader.Read(await JsonBody.Read(context.Request));
        var isPanel = PanelModels.IsPanel(request.Model);
        var agent = isPanel ? null : await Agent(request.Model, caller, calls, context.RequestAborted);
        if (IgnoredParameters.HeaderOf(request, agent) is { } ignored)
            context.Response.Headers[IgnoredParameters.Header] = ignored;
        if (request.Conversation.Dropped > 0)
            context.Response.Headers[Conversation.DroppedHeader] = ((long)request.Conversation.Dropped).Invariant();

        var begun = isPanel
            ? [await PanelModels.Start(request, caller, operation, calls)] : await runs.Start(request, caller, operation);
        var journals = string.Join(',', begun.Select(run => run.Journal));
        context.Response.Headers[isPanel ? PanelModels.Header : SessionHeader] = journals;
        context.Response.Headers[RunHeader] = string.Join(',', begun.Select(run => run.RunId));
        var head = new CompletionHead($"chatcmpl-{begun[0].RunId}", time.GetUtcNow().ToUnixTimeSeconds(), request.Model);
        var isAnswered = false;
        try
        {
            var news = runs.Follow(
                begun,
                run => new Choice(run.Index, new AnswerText(request.Stop), request.IsStreamed,
                    agent?.MaxOutputTokens ?? int.MaxValue, isPanel ? new PanelReading() : new RunReading()),
                caller, context.RequestAborted);
            isAnswered = request.IsStreamed
                ? await new ChatStream(context, head, request).Write(news)
                : await WholeAnswer.Write(context, head, request.Choices, news);
        }
        finally
        {
            // Whoever left, or was told of a failure, cannot come back for an answer that no list shows: unless a key names it.
            if (!isAnswered && !request.IsStored && context.Request.Headers[OperationKey.Header].Count == 0)
                await runs.Cancel(begun, caller);
        }
        return Results.Empty;
    }

    /// <summary>Who is asked; null if one is to be selected.</summary>
    private static async Task<AgentProfile?> Agent(string model, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (model is AgentIds.Auto)
            return null;
        if (Array.Exists(Later, prefix => model.StartsWith(prefix, StringComparison.Ordinal)))
        {
            throw OpenAiCodes.Refuse(OpenAiCodes.ModelNotFound, "model",
                $"The model `{OpenAiCodes.Shown(model)}` is not available here yet. GET /v1/models lists those that are.");
        }
        return TenantKey.IsName(model)
            && await calls.Agent(caller.Tenant, model).Ask(agent => agent.Published(), cancellation) is { } profile
            ? profile : throw new ProblemException(OpenAiCodes.UnknownModel(model));
    }
}
