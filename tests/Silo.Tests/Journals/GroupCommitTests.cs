using Colloquy.Doubles;
using Colloquy.Journals;
using Colloquy.Storage;

namespace Colloquy.Tests.Journals;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteJournalStore _journals;

    public GroupCommitTests()
    {
        _database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path, WriteQueueMax = 64 });
        _journals = new SqliteJournalStore(_database, TimeProvider.System);
    }

    [Fact]
    public async Task What_waits_together_is_committed_together()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => _journals.Claim($"session/{n}", default)));
        using var held = await Hold();
        var before = _database.Commits;

        var appends = claims.Select((claim, n) => _journals.Append(Lines(n, claim.Epoch, 0), default)).ToList();
        held.Dispose();
        var outcomes = await Task.WhenAll(appends);

        Assert.All(outcomes, outcome => Assert.Equal(new AppendOutcome(AppendStatus.Appended, 1), outcome));
        Assert.Equal(2, _database.Commits - before); // the one that held the writer, and all the others
    }

    [Fact]
    public async Task Sixty_four_writers_need_at_most_a_tenth_of_the_commits()
    {
        const int Appends = 40;
        var before = (_database.Commits, _database.Commands);

        await Task.WhenAll(Enumerable.Range(0, 64).Select(n => Task.Run(async () =>
        {
            var claim = await _journals.Claim($"session/{n}", default);
            for (var head = 0; head < Appends; head++)
                Assert.Equal(AppendStatus.Appended, (await _journals.Append(Lines(n, claim.Epoch, head), default)).Status);
        })));

        var (commits, commands) = (_database.Commits - before.Commits, _database.Commands - before.Commands);
        Assert.Equal(64 * (Appends + 1), commands);
        Assert.True(commits * 10 <= commands, $"{commits} commits for {commands} commands");
    }

    [Fact]
    public async Task A_command_that_fails_leaves_nothing_and_does_not_fail_its_neighbours()
    {
        var held = await Hold();
        var good = _database.Write(session => session.Execute("INSERT INTO meta VALUES ('good', '1')"), default);
        var bad = _database.Write<int>(
            session => throw new InvalidOperationException($"{session.Execute("INSERT INTO meta VALUES ('bad', '1')")} row"),
            default);
        var alsoGood = _database.Write(session => session.Execute("INSERT INTO meta VALUES ('also good', '1')"), default);
        held.Dispose();

        Assert.Equal((1, 1), (await good, await alsoGood));
        Assert.Equal("1 row", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        Assert.Equal(2L, await _database.Read(
            session => session.Find("SELECT count(*) FROM meta WHERE key IN ('good', 'bad', 'also good')"), default));
    }

    [Fact]
    public async Task A_full_queue_refuses_instead_of_growing()
    {
        using var held = await Hold();
        var waiting = Enumerable.Range(0, 64).Select(n => _journals.Claim($"session/{n}", default)).ToList();

        await Assert.ThrowsAsync<StoreOverloadedException>(() => _journals.Claim("one too many", default));

        held.Dispose();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_command_whose_caller_left_while_it_waited_is_not_run()
    {
        using var left = new CancellationTokenSource();
        using var held = await Hold();
        var waiting = _journals.Claim("session/left", left.Token);

        left.Cancel();
        held.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, (await _journals.Claim("session/left", default)).Epoch);
    }

    [Fact]
    public async Task Closing_the_database_writes_what_waits()
    {
        var claim = await _journals.Claim("session/0", default);
        var held = await Hold();
        var waiting = _journals.Append(Lines(0, claim.Epoch, 0), default);
        var closing = Task.Run(_database.Dispose);
        held.Dispose();
        await closing;

        using var reopened = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path });

        Assert.Equal(new AppendOutcome(AppendStatus.Appended, 1), await waiting);
        Assert.Single((await new SqliteJournalStore(reopened, TimeProvider.System).Claim("session/0", default)).Tail);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _journals.Append(Lines(0, claim.Epoch, 1), default));
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    // Keeps the writer busy until disposed; returns when it is.
    private async Task<Held> Hold()
    {
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new ManualResetEventSlim();
        _ = _database.Write(_ =>
        {
            busy.SetResult();
            release.Wait();
            return 0;
        }, default);
        await busy.Task.Within("the writer begin");
        return new Held(release);
    }

    private static JournalAppend Lines(int journal, long epoch, long head) => new()
    {
        Journal = $"session/{journal}",
        Epoch = epoch,
        Head = head,
        Lines = [new byte[200]],
    };

    private sealed record Held(ManualResetEventSlim Release) : IDisposable
    {
        public void Dispose() => Release.Set();
    }
}
