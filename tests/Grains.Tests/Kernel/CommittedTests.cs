using Xunit;

namespace Colloquy.Kernel;

/// <summary>Calls that interleave, and one document.</summary>
public sealed class CommittedTests
{
    private readonly Document _document = new();
    private readonly Committed<string> _committed;

    public CommittedTests() => _committed = new(_document, TimeProvider.System, () => _document.IsGivenUp = true);

    [Fact]
    public async Task What_comes_while_a_write_is_under_way_is_written_together_and_in_order()
    {
        var first = Add("a");
        Task<string>[] others = [Add("b"), Add("c"), Add("d")];
        Assert.Equal("", _committed.Value); // nobody sees an outcome early
        _document.Finish();
        Assert.Equal("a", await first);
        Assert.All(others, other => Assert.False(other.IsCompleted));
        Assert.Equal("a", _committed.Value);
        _document.Finish();
        Assert.Equal(["ab", "abc", "abcd"], await Task.WhenAll(others));
        Assert.Equal(["a", "abcd"], _document.Written);
    }

    [Fact]
    public async Task A_repeat_waits_until_what_it_repeats_is_durable()
    {
        var first = Add("a");
        var repeat = _committed.Share(state => (state.Contains('a', StringComparison.Ordinal) ? state : state + "a", true));
        Assert.False(repeat.IsCompleted);
        _document.Finish();
        await Task.WhenAll(first, repeat);
        Assert.Equal(["a"], _document.Written);
    }

    [Fact]
    public async Task A_write_that_fails_fails_all_who_share_it_and_all_who_come_after()
    {
        var first = Add("a");
        var second = Add("b");
        _document.Fail();
        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => second);
        await Assert.ThrowsAsync<IOException>(() => Add("c"));
        Assert.True(_document.IsGivenUp);
        Assert.Equal("", _committed.Value);
    }

    private Task<string> Add(string letter) => _committed.Share(state => (state + letter, state + letter));

    /// <summary>A document whose writes end when a test says so.</summary>
    private sealed class Document : IPersistentState<string>
    {
        private TaskCompletionSource _write = new();

        public List<string> Written { get; } = [];
        public bool IsGivenUp { get; set; }
        public string State { get; set; } = "";
        public string Etag => "";
        public bool RecordExists => true;

        public void Finish()
        {
            Written.Add(State);
            Interlocked.Exchange(ref _write, new()).SetResult();
        }

        public void Fail() => _write.SetException(new IOException("The disk is gone."));

        public Task WriteStateAsync() => _write.Task;

        public Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        public Task ReadStateAsync() => Task.CompletedTask;

        public Task ReadStateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ClearStateAsync() => Task.CompletedTask;

        public Task ClearStateAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
