namespace Anlan.Simulator.Sites;

/// <summary>One seed for each thing, so that what one does never shifts the dice of another.</summary>
internal static class Seeds
{
    public static int Of(int seed, params ReadOnlySpan<string> names)
    {
        // FNV-1a: string.GetHashCode differs between two runs.
        var hash = 2_166_136_261u ^ (uint)seed;
        foreach (var name in names)
        {
            foreach (var letter in name) hash = (hash ^ letter) * 16_777_619u;
            hash = (hash ^ '/') * 16_777_619u;
        }

        return (int)(hash & 0x7FFF_FFFF);
    }
}
