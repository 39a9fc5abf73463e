using System.Text;

namespace Colloquy.Knowledge.Readers;

/// <summary>Bytes that must be UTF-8, with or without a byte order mark.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="DocumentUnreadableException">They are not.</exception>
    public static string Of(byte[] content)
    {
        try
        {
            return Strict.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException failure)
        {
            throw new DocumentUnreadableException(
                DocumentCodes.Malformed, $"The text is no UTF-8 from byte {failure.Index} on.", failure);
        }
    }
}
