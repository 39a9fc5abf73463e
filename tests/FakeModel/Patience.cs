namespace Colloquy.FakeModel;

/// <summary>How long a test waits for what must happen: longer than any machine needs, shorter than a build's limit.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task For(Func<CancellationToken, Task> happening, string what, Func<string> seen)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await happening(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {Limit.TotalSeconds} s for {what}; {seen()}.");
        }
    }
}
