using System.Globalization;

namespace FashionSweep.Chaos.Benchmarks;

internal static class Arguments
{
    public static bool TryRead(string[] given, out int minutes, out int seed)
    {
        (minutes, seed) = (10, 1);
        for (var i = 0; i < given.Length; i += 2)
        {
            if (i + 1 == given.Length || !int.TryParse(given[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                return false;
            switch (given[i])
            {
                case "--minutes": minutes = number; break;
                case "--seed": seed = number; break;
                default: return false;
            }
        }
        return true;
    }
}
