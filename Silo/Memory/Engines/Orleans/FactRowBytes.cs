using System.Buffers.Binary;
using System.Text;

namespace Colloquy.Memory;

/// <summary>
/// A row as one value: the length of the JSON and the length of the embedder's name plus one (0 for none), as 32-bit
/// little-endian numbers, then JSON, name (UTF-8) and vector.
/// </summary>
internal static class FactRowBytes
{
    private const int HeadLength = 2 * sizeof(int);

    public static byte[] Write(FactRow row)
    {
        var name = row.Embedder is null ? [] : Encoding.UTF8.GetBytes(row.Embedder);
        var bytes = new byte[HeadLength + row.Json.Length + name.Length + row.Vector.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, row.Json.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(int)), row.Embedder is null ? 0 : name.Length + 1);
        row.Json.CopyTo(bytes.AsMemory(HeadLength));
        name.CopyTo(bytes, HeadLength + row.Json.Length);
        row.Vector.CopyTo(bytes.AsMemory(HeadLength + row.Json.Length + name.Length));
        return bytes;
    }

    public static FactRow Read(string id, ReadOnlyMemory<byte> bytes)
    {
        var json = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        var name = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[sizeof(int)..]) - 1;
        var rest = bytes[(HeadLength + json)..];
        return name < 0
            ? new FactRow(id, bytes.Slice(HeadLength, json), null, rest)
            : new FactRow(id, bytes.Slice(HeadLength, json), Encoding.UTF8.GetString(rest.Span[..name]), rest[name..]);
    }
}
