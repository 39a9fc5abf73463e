using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>
/// A collection's documents are a sorted set of ids (all of one score, so that it is in the order of their bytes), a hash of
/// entries without texts, the number of all chunks, and a key for each text. An ingest's uploads are one hash: what is known of
/// each (m...), and its content (c...).
/// </summary>
internal static class DocumentScripts
{
    /// <summary>Triples of id, entry and text; the keys of texts in the same order.</summary>
    public static readonly RedisScript Put = new(
        """
        local ids, entries, chunks = KEYS[2], KEYS[3], KEYS[4]
        for n = 0, #KEYS - 5 do
            local id, entry, text = ARGV[2 + 3 * n], ARGV[3 + 3 * n], ARGV[4 + 3 * n]
            local before = redis.call('HGET', entries, id)
            local change = cjson.decode(entry).chunks - (before and cjson.decode(before).chunks or 0)
            redis.call('ZADD', ids, 0, id)
            redis.call('HSET', entries, id, entry)
            redis.call('SET', KEYS[5 + n], text)
            redis.call('INCRBY', chunks, string.format('%.0f', change))
        end
        return 1
        """, writes: true);

    public static readonly RedisScript Find = new(
        "return {redis.call('HGET', KEYS[2], ARGV[2]), redis.call('GET', KEYS[3])}", writes: false);

    public static readonly RedisScript List = new(
        """
        local ids = redis.call('ZRANGEBYLEX', KEYS[2], ARGV[2], '+', 'LIMIT', 0, ARGV[3])
        local found = {}
        for n, id in ipairs(ids) do found[n] = redis.call('HGET', KEYS[3], id) end
        return found
        """, writes: false);

    public static readonly RedisScript Count = new(
        "return {redis.call('ZCARD', KEYS[2]), redis.call('GET', KEYS[3]) or '0'}", writes: false);

    /// <summary>Removes documents, and answers how many there were. What has nothing left has no key.</summary>
    public static readonly RedisScript Remove = new(
        """
        local ids, entries, chunks = KEYS[2], KEYS[3], KEYS[4]
        local removed = 0
        for n = 2, #ARGV do
            local before = redis.call('HGET', entries, ARGV[n])
            if before then
                removed = removed + 1
                redis.call('ZREM', ids, ARGV[n])
                redis.call('HDEL', entries, ARGV[n])
                redis.call('DECRBY', chunks, string.format('%.0f', cjson.decode(before).chunks))
            end
            redis.call('UNLINK', KEYS[3 + n])
        end
        if redis.call('ZCARD', ids) == 0 then redis.call('DEL', chunks) end
        return removed
        """, writes: true);

    /// <summary>Ids of some documents.</summary>
    public static readonly RedisScript Some = new("return redis.call('ZRANGE', KEYS[2], 0, ARGV[2])", writes: false);

    /// <summary>Pairs of what is known of an upload and its content, counted on from a number.</summary>
    public static readonly RedisScript Stage = new(
        """
        local first = tonumber(ARGV[2])
        for n = 3, #ARGV, 2 do
            local number = string.format('%.0f', first + (n - 3) / 2)
            redis.call('HSET', KEYS[2], 'm' .. number, ARGV[n], 'c' .. number, ARGV[n + 1])
        end
        return 1
        """, writes: true);

    public static readonly RedisScript Staged = new(
        """
        local first, limit, bytes = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
        local found, taken = {}, 0
        for at = first, first + limit - 1 do
            local number = string.format('%.0f', at)
            local known = redis.call('HGET', KEYS[2], 'm' .. number)
            if not known then break end
            taken = taken + redis.call('HSTRLEN', KEYS[2], 'c' .. number)
            if at > first and taken > bytes then break end
            found[#found + 1] = known
            found[#found + 1] = redis.call('HGET', KEYS[2], 'c' .. number)
        end
        return found
        """, writes: false);

    public static readonly RedisScript Unstage = new("return redis.call('UNLINK', KEYS[2])", writes: true);
}
