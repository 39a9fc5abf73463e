namespace Colloquy.Hosting;

/// <summary>Tells a row that is gone from one that is not there yet, or was missed once.</summary>
internal sealed class MembershipWatch
{
    private const int MissingMax = 2;

    private bool _hasBeenSeen;
    private int _missing;

    /// <summary>True when a row that was there before has been missing twice in a row.</summary>
    public bool IsLost(bool isPresent)
    {
        _hasBeenSeen |= isPresent;
        _missing = isPresent || !_hasBeenSeen ? 0 : _missing + 1;
        return _missing >= MissingMax;
    }
}
