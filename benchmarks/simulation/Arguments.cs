using System.Globalization;

namespace FashionSweep.Simulation.Benchmarks;

/// <param name="Seed">The only one; null where there are many.</param>
internal sealed record Arguments(int Seeds, int From, int Threads, int? Seed, bool IsTraced)
{
    /// <returns>Null where they make no sense.</returns>
    public static Arguments? Read(string[] given)
    {
        var read = new Arguments(Seeds: 10_000, From: 1, Environment.ProcessorCount, Seed: null, IsTraced: false);
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i] == "--trace") read = read with { IsTraced = true };
            else if (++i == given.Length || !int.TryParse(given[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return null;
            else if (With(read, given[i - 1], number) is { } more) read = more;
            else return null;
        }
        return read;
    }

    private static Arguments? With(Arguments read, string name, int number) => name switch
    {
        "--seeds" => read with { Seeds = number },
        "--from" => read with { From = number },
        "--threads" => read with { Threads = number },
        "--seed" => read with { Seed = number },
        _ => null,
    };
}
