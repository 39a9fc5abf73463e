using System.Text.Json.Nodes;

namespace Colloquy.FakeModel;

/// <summary>OpenAI's addresses, with and without /v1 before them, and the server's own under /fake.</summary>
internal sealed class Routes(FakeModelOptions options, Playbook playbook, RequestLog log, CancellationToken closing)
{
    private const string OneModel = "/models/";

    public Task Answer(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        return path.StartsWith("/fake/", StringComparison.Ordinal)
            ? Controls.Answer(http, path, playbook, log)
            : AnswerAsModel(http, path.StartsWith("/v1/", StringComparison.Ordinal) ? path[3..] : path);
    }

    private async Task AnswerAsModel(HttpContext http, string path)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, closing);
        var request = await Read(http, leaving.Token);
        if (request is null)
        {
            return;
        }

        http.Response.Headers["x-request-id"] = $"req_fake_{request.Number}";
        http.Response.Headers["openai-version"] = "2020-10-01";
        var exchange = new Exchange(http, request, playbook.Defaults, log, options.Clock, leaving.Token);
        try
        {
            log.Add(request);
            exchange = exchange with { Turn = playbook.TurnFor(request) };
            await Answer(exchange, path);
        }
        catch (FormatException typo)
        {
            // A marker that cannot be read is the test's mistake: it must hear of it, through any server in between.
            await exchange.Send(Refusal.Invalid(typo.Message, "messages"), RequestOutcome.Refused);
        }
        catch (Exception gone) when (leaving.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            // The caller hung up, which is recorded below; or the server is being stopped, and nobody listens any more.
            http.Abort();
        }
        finally
        {
            log.End(request, RequestOutcome.CallerLeft, exchange.Fault);
            exchange.Turn.Gate?.End();
        }
    }

    private async Task Answer(Exchange exchange, string path)
    {
        var (request, now) = (exchange.Request, options.Clock.GetUtcNow());
        if (options.ApiKey is { } key && request.Headers.GetValueOrDefault("Authorization") != $"Bearer {key}")
        {
            await exchange.Send(Refusal.Of(Fault.Http(401), request.Model), RequestOutcome.Refused);
        }
        else if (request is { Method: "GET" } && (path is "/models" || path.StartsWith(OneModel, StringComparison.Ordinal)))
        {
            await Models(exchange, path, now);
        }
        else if (request is not { Method: "POST" } || path is not ("/chat/completions" or "/embeddings"))
        {
            await exchange.Send(Refusal.UnknownRoute(request.Method, request.Path), RequestOutcome.Refused);
        }
        else if (RequestRules.Check(request) is { } refusal)
        {
            await exchange.Send(refusal, RequestOutcome.Refused);
        }
        else if (!await WholeAnswer.Fails(exchange))
        {
            await (request.IsEmbeddings ? WholeAnswer.Send(exchange, EmbeddingWire.Answer(request, exchange.Fault))
                : request.Streamed ? ChatStream.Send(exchange, ChatPlan.For(request, exchange.Turn, now))
                : WholeAnswer.Send(exchange, ChatWire.Whole(ChatPlan.For(request, exchange.Turn, now))));
        }
    }

    private async Task Models(Exchange exchange, string path, DateTimeOffset now)
    {
        var id = path.Length > OneModel.Length ? Uri.UnescapeDataString(path[OneModel.Length..]) : null;
        if (id is not null && !options.Models.Contains(id))
        {
            await exchange.Send(Refusal.Of(Fault.Http(404), id), RequestOutcome.Refused);
            return;
        }

        var answer = id is not null ? Model(id, now) : new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. options.Models.Select(model => Model(model, now))]),
        };
        log.End(exchange.Request, RequestOutcome.Completed);
        await exchange.Http.Response.Send(200, Sending.Json, answer.ToJsonString(), exchange.Left);
    }

    private static JsonObject Model(string id, DateTimeOffset now) => new()
    {
        ["id"] = id,
        ["object"] = "model",
        ["created"] = now.ToUnixTimeSeconds(),
        ["owned_by"] = "fake",
    };

    private async Task<RecordedRequest?> Read(HttpContext http, CancellationToken left)
    {
        try
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync(left);
            return Record(http.Request, body);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Somebody who leaves before the question is put has not asked it.
            return null;
        }
    }

    private RecordedRequest Record(HttpRequest request, string body)
    {
        var json = Reading.Parse(body);
        var messages = Reading.Messages(json);
        var user = messages.LastOrDefault(message => message.Role is "user");
        return new RecordedRequest
        {
            Number = log.NextNumber(),
            Method = request.Method,
            Path = request.Path.Value ?? "/",
            Headers = request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body,
            At = options.Clock.GetUtcNow(),
            Json = json,
            Messages = messages,
            LastUser = user?.Text ?? string.Join('\n', Reading.Inputs(json)),
            Step = messages.Reverse().TakeWhile(message => message != user).Count(message => message.Role is "assistant"),
        };
    }
}
