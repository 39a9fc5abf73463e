using System.Security.Cryptography;
using System.Text;

namespace Colloquy.FakeModel;

/// <summary>The requests of late and the counts of all, with a signal for whoever awaits one.</summary>
internal sealed class RequestLog(TimeProvider clock, int kept)
{
    private const int AttemptsMax = 10_000;
    private readonly Lock _lock = new();
    private readonly Queue<RecordedRequest> _requests = [];
    private readonly Dictionary<string, int> _attempts = [];
    private readonly List<Waiter> _waiters = [];
    private int _numbers;
    private FakeModelStats _stats = new();

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public FakeModelStats Stats
    {
        get
        {
            lock (_lock)
            {
                return _stats;
            }
        }
    }

    public int NextNumber() => Interlocked.Increment(ref _numbers);

    public void Add(RecordedRequest request)
    {
        Waiter[] met;
        lock (_lock)
        {
            request.Attempt = CountAttempt(request);
            _requests.Enqueue(request);
            if (_requests.Count > kept)
            {
                _requests.Dequeue();
            }

            var active = _stats.Active + 1;
            _stats = _stats with
            {
                Requests = _stats.Requests + 1,
                Active = active,
                MaxActive = Math.Max(_stats.MaxActive, active),
                Chats = _stats.Chats + (request.IsChat ? 1 : 0),
                Embeddings = _stats.Embeddings + (request.IsEmbeddings ? 1 : 0),
                LastMessages = request.IsChat ? request.Messages.Count : _stats.LastMessages,
            };
            met = [.. _waiters.Where(waiter => waiter.Wants(request) && --waiter.Missing == 0)];
            _waiters.RemoveAll(waiter => waiter.Missing == 0);
        }

        foreach (var waiter in met)
        {
            waiter.Met.SetResult(request);
        }
    }

    /// <summary>The first end counts: what a fault does to the connection looks like a caller who left.</summary>
    public void End(RecordedRequest request, RequestOutcome outcome, FaultKind? fault = null)
    {
        lock (_lock)
        {
            if (request.Outcome is not RequestOutcome.Running)
            {
                return;
            }

            request.End(outcome, fault, clock.GetUtcNow());
            _stats = _stats with
            {
                Active = Math.Max(0, _stats.Active - 1),
                Completed = _stats.Completed + (outcome is RequestOutcome.Completed ? 1 : 0),
                Aborted = _stats.Aborted + (outcome is RequestOutcome.CallerLeft ? 1 : 0),
                Faulted = _stats.Faulted + (outcome is RequestOutcome.Faulted ? 1 : 0),
                Refused = _stats.Refused + (outcome is RequestOutcome.Refused ? 1 : 0),
            };
        }

        request.Announce();
    }

    /// <summary>Completes with the nth request that the predicate likes, counting those that are kept already.</summary>
    public async Task<RecordedRequest> When(Func<RecordedRequest, bool> wants, int count, string what)
    {
        Waiter waiter;
        lock (_lock)
        {
            var seen = _requests.Where(wants).Take(count).ToArray();
            if (seen.Length == count)
            {
                return seen[^1];
            }

            waiter = new Waiter(wants) { Missing = count - seen.Length };
            _waiters.Add(waiter);
        }

        await Patience.For(left => waiter.Met.Task.WaitAsync(left), what,
            () => $"saw {string.Join(", ", Requests.TakeLast(3).Select(request => $"'{request.LastUser}'"))}");
        return await waiter.Met.Task;
    }

    /// <summary>Forgets requests, attempts and counts. Answers under way still count as active.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            _attempts.Clear();
            _stats = new FakeModelStats { Active = _stats.Active, MaxActive = _stats.Active };
        }
    }

    private int CountAttempt(RecordedRequest request)
    {
        if (_attempts.Count >= AttemptsMax)
        {
            _attempts.Clear();
        }

        // A hash, for prompts are long and their attempts outlive them.
        var of = Encoding.UTF8.GetBytes($"{request.Path}\n{request.Step}\n{request.LastUser}");
        var key = Convert.ToHexString(SHA256.HashData(of));
        return _attempts[key] = _attempts.GetValueOrDefault(key) + 1;
    }

    private sealed class Waiter(Func<RecordedRequest, bool> wants)
    {
        public Func<RecordedRequest, bool> Wants { get; } = wants;

        public int Missing { get; set; }

        public TaskCompletionSource<RecordedRequest> Met { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
