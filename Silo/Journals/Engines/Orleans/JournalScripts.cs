using Colloquy.Storage;

namespace Colloquy.Journals;

/// <summary>
/// What happens inside Redis, in one step each. A journal is a hash with epoch and head, a stream of lines whose ids are
/// "(sequence number)-0", a hash with its snapshot, and a hash of operations with the instants at which they expire; the open
/// work of a shard is one sorted set by deadline.
/// </summary>
internal static class JournalScripts
{
    /// <summary>Expired operations that an append with an operation removes at most: more than one, so that they never pile
    /// up.</summary>
    public const int PurgedPerAppend = 4;

    private const string Names =
        """
        local journal, lines, snapshot, operations, expiry, open =
            KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]

        """;

    public static readonly RedisScript Claim = new(Names +
        """
        local epoch = redis.call('HINCRBY', journal, 'epoch', 1)
        local head = redis.call('HGET', journal, 'head') or '0'
        local taken = redis.call('HMGET', snapshot, 'seq', 'body')
        local tail = {}
        for i, entry in ipairs(redis.call('XRANGE', lines, '(' .. (taken[1] or '0') .. '-0', '+')) do
            tail[i] = entry[2][2]
        end
        return { epoch, head, taken[1], taken[2], tail }
        """, writes: true);

    public static readonly RedisScript Append = new(Names +
        $$"""
        local name, epoch, head, work, deadline, now = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
        local key, record, expires, snapshotSeq, snapshotBody = ARGV[8], ARGV[9], ARGV[10], ARGV[11], ARGV[12]
        local firstLine = 13

        local known = redis.call('HMGET', journal, 'epoch', 'head')
        local at = known[2] or '0'
        if known[1] ~= epoch then return { 'fenced', at } end
        if key ~= '' then
            local until_ = redis.call('ZSCORE', expiry, key)
            if until_ and tonumber(until_) > tonumber(now) then
                return { 'repeated', at, redis.call('HGET', operations, key) }
            end
        end
        if at ~= head then return { 'conflict', at } end

        for i = firstLine, #ARGV do
            at = at + 1
            redis.call('XADD', lines, at .. '-0', 'l', ARGV[i])
        end
        if #ARGV >= firstLine then redis.call('HSET', journal, 'head', at) end
        if snapshotSeq ~= '' then redis.call('HSET', snapshot, 'seq', snapshotSeq, 'body', snapshotBody) end
        if key ~= '' then
            redis.call('HSET', operations, key, record)
            redis.call('ZADD', expiry, expires, key)
            for _, old in ipairs(redis.call('ZRANGEBYSCORE', expiry, '-inf', now, 'LIMIT', 0, {{PurgedPerAppend}})) do
                redis.call('HDEL', operations, old)
                redis.call('ZREM', expiry, old)
            end
            -- The operations of a journal that nobody writes to any more go when the last of them expires.
            if redis.call('ZREVRANGE', expiry, 0, 0)[1] == key then
                redis.call('PEXPIREAT', operations, expires)
                redis.call('PEXPIREAT', expiry, expires)
            end
        end
        if work == 'Open' then redis.call('ZADD', open, deadline, name) end
        if work == 'Close' then redis.call('ZREM', open, name) end
        return { 'appended', at }
        """, writes: true);

    public static readonly RedisScript Read = new(
        """
        local lines, from, limit, maxBytes = KEYS[2], '(' .. ARGV[2] .. '-0', tonumber(ARGV[3]), tonumber(ARGV[4])
        local taken, bytes = {}, 0
        while #taken < limit do
            local page = redis.call('XRANGE', lines, from, '+', 'COUNT', math.min(16, limit - #taken))
            if #page == 0 then break end
            for _, entry in ipairs(page) do
                bytes = bytes + #entry[2][2]
                if #taken > 0 and bytes > maxBytes then return taken end
                taken[#taken + 1] = entry[2][2]
                from = '(' .. entry[1]
            end
        end
        return taken
        """, writes: false);

    public static readonly RedisScript FindOperation = new(
        """
        local operations, expiry, key, now = KEYS[2], KEYS[3], ARGV[2], ARGV[3]
        local until_ = redis.call('ZSCORE', expiry, key)
        if not until_ or tonumber(until_) <= tonumber(now) then return false end
        return redis.call('HGET', operations, key)
        """, writes: false);

    public static readonly RedisScript Renew = new(
        """
        local journal, open, name, epoch, deadline = KEYS[2], KEYS[3], ARGV[2], ARGV[3], ARGV[4]
        if redis.call('HGET', journal, 'epoch') ~= epoch then return 0 end
        if not redis.call('ZSCORE', open, name) then return 0 end
        redis.call('ZADD', open, 'XX', 'GT', deadline, name)
        return 1
        """, writes: true);

    public static readonly RedisScript FindOverdue = new(
        """
        return redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[2], 'WITHSCORES', 'LIMIT', 0, ARGV[3])
        """, writes: false);

    public static readonly RedisScript Erase = new(Names +
        """
        redis.call('HINCRBY', journal, 'epoch', 1)
        redis.call('HDEL', journal, 'head')
        redis.call('DEL', lines, snapshot, operations, expiry)
        redis.call('ZREM', open, ARGV[2])
        return 1
        """, writes: true);
}
