using Colloquy.Streams;

namespace Colloquy.Tests.Streams;

public sealed class StreamCursorTests
{
    private const string Session = "ses_0123456789abcdefghjkmnpqrs";

    [Fact]
    public void A_cursor_comes_back_as_the_place_that_it_was()
    {
        Assert.True(StreamCursor.TryParse(StreamCursor.Of(Session, 42), Session, out var seq));
        Assert.Equal(42, seq);
    }

    [Fact]
    public void A_plain_number_is_a_cursor()
    {
        Assert.True(StreamCursor.TryParse("7", Session, out var seq));
        Assert.Equal(7, seq);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1-")]
    [InlineData("1-abcdef")]
    [InlineData("0x1")]
    [InlineData("99999999999999999999")]
    public void What_is_no_cursor_of_this_session_is_refused(string text) =>
        Assert.False(StreamCursor.TryParse(text, Session, out _));

    [Fact]
    public void Another_sessions_cursor_is_refused() =>
        Assert.False(StreamCursor.TryParse(StreamCursor.Of("ses_other", 1), Session, out _));
}
