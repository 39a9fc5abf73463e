using System.Text.Json;

namespace Colloquy.FakeModel;

/// <summary>What a script of another language may see and set: the same as a test in process.</summary>
internal static class Controls
{
    public static async Task Answer(HttpContext http, string path, Playbook playbook, RequestLog log)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        try
        {
            var answer = Answer(http.Request, path, body, playbook, log);
            await http.Response.Send(
                answer is null ? 404 : 200, Sending.Json, JsonSerializer.Serialize(answer, Json.Snake), http.RequestAborted);
        }
        catch (FormatException typo)
        {
            var error = Refusal.Invalid(typo.Message).ToJson().ToJsonString();
            await http.Response.Send(400, Sending.Json, error, http.RequestAborted);
        }
    }

    private static object? Answer(HttpRequest request, string path, string body, Playbook playbook, RequestLog log)
    {
        switch (request.Method, path)
        {
            case ("GET", "/fake/stats"):
                return log.Stats;
            case ("GET", "/fake/requests"):
                return log.Requests.Select(View);
            case ("POST", "/fake/set"):
                playbook.Default(request.Query.Count > 0
                    ? MarkerTurn.From(request.Query.Select(pair => new MarkerPair(pair.Key, pair.Value.ToString())))
                    : ScriptedTurn.Parse(body));
                return new { Ok = true };
            case ("POST", "/fake/enqueue"):
                playbook.Enqueue([.. body.Split('\n', StringSplitOptions.TrimEntries).Select(ScriptedTurn.Parse)]);
                return new { Ok = true };
            case ("POST", "/fake/reset"):
                playbook.Clear();
                log.Clear();
                return new { Ok = true };
            default:
                return null;
        }
    }

    private static object View(RecordedRequest request) => new
    {
        request.Number,
        request.At,
        request.EndedAt,
        request.Method,
        request.Path,
        request.Headers,
        Body = request.Json.ValueKind is JsonValueKind.Undefined ? (object)request.Body : request.Json,
        request.Attempt,
        request.Step,
        request.Chunks,
        request.Outcome,
        request.Fault,
        request.CallerLeft,
    };
}
