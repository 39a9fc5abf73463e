using Colloquy.Storage;

namespace Colloquy.Sessions;

/// <summary>
/// A tenant's entries are a hash, their order a sorted set by falling update, and its words a sorted set of "word, NUL,
/// session", in which a word or its beginning is a range. Each session has a hash of its texts: the words of each message
/// (m...), and in how many of them a word occurs (c...), so that a word goes when the last of them has lost it.
/// </summary>
internal static class SessionScripts
{
    /// <summary>Writes an entry, unless it is empty, and replaces the words of one text.</summary>
    public static readonly RedisScript Put = new(
        """
        local entries, order, words, texts = KEYS[2], KEYS[3], KEYS[4], KEYS[5]
        local session, entry, falling, message, now = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
        if entry ~= '' then
            redis.call('HSET', entries, session, entry)
            redis.call('ZADD', order, falling, session)
        end

        local before = redis.call('HGET', texts, 'm' .. message) or ''
        if before == now then return 0 end
        if now == '' then
            redis.call('HDEL', texts, 'm' .. message)
        else
            redis.call('HSET', texts, 'm' .. message, now)
        end
        local change = {}
        for word in string.gmatch(before, '[^ ]+') do change[word] = -1 end
        for word in string.gmatch(now, '[^ ]+') do change[word] = (change[word] or 0) + 1 end
        for word, by in pairs(change) do
            if by ~= 0 then
                local left = redis.call('HINCRBY', texts, 'c' .. word, by)
                if left == 0 then
                    redis.call('HDEL', texts, 'c' .. word)
                    redis.call('ZREM', words, word .. '\0' .. session)
                elseif left == by then
                    redis.call('ZADD', words, 0, word .. '\0' .. session)
                end
            end
        end
        return 1
        """, writes: true);

    public static readonly RedisScript Remove = new(
        """
        local entries, order, words, texts, session = KEYS[2], KEYS[3], KEYS[4], KEYS[5], ARGV[2]
        for _, field in ipairs(redis.call('HKEYS', texts)) do
            if string.sub(field, 1, 1) == 'c' then
                redis.call('ZREM', words, string.sub(field, 2) .. '\0' .. session)
            end
        end
        redis.call('DEL', texts)
        redis.call('ZREM', order, session)
        return redis.call('HDEL', entries, session)
        """, writes: true);

    /// <summary>Any command that reads one key.</summary>
    public static readonly RedisScript Query = new("return redis.call(ARGV[2], KEYS[2], unpack(ARGV, 3))", writes: false);
}
