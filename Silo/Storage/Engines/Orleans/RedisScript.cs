namespace Colloquy.Storage;

/// <summary>A script that runs only if the server still holds the data set that this process began with. Its own keys and
/// arguments come after the two of that check: they begin with KEYS[2] and ARGV[2].</summary>
internal sealed class RedisScript(string lua, bool writes)
{
    /// <summary>What the error of a failed check begins with.</summary>
    public const string DataSetChanged = "DATASET";

    public string Text { get; } =
        $"""
        local dataSet = redis.call('GET', KEYS[1])
        if dataSet ~= ARGV[1] then
            return redis.error_reply('{DataSetChanged} ' .. (dataSet or 'none'))
        end
        {lua}
        """;

    /// <summary>False if nothing needs to be on disk before the answer is passed on.</summary>
    public bool Writes { get; } = writes;
}
