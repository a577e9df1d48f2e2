namespace FashionSweep.Cluster.Benchmarks;

/// <summary>The figures as lines of a table, and what others have published.</summary>
internal static class Report
{
    public static void Heading() => Console.WriteLine(
        $"\n{"",-9}{"",-46}{"seconds",8}{"ideal",7}{"lost",7}{"trials/s",10}{"reports/s",11}   idle slots: median / p99 ms");

    public static void Line(string transport, string what, string figures) => Console.WriteLine($"{transport,-9}{what,-46}{figures}");

    public static void Line(string transport, Measurement measured)
    {
        var (workload, figures) = (measured.Workload, measured.Figures);
        var (seconds, ideal) = (figures.Elapsed.TotalSeconds, workload.Ideal.TotalSeconds);
        var (expected, lost) = ideal > 0 ? ($"{ideal:N0}", $"{(seconds / ideal) - 1:P1}") : ("-", "-");
        Console.WriteLine(
            $"{transport,-9}{workload.What,-46}{seconds,8:N2}{expected,7}{lost,7}{figures.Finished / seconds,10:N0}{figures.Reports / seconds,11:N0}   "
                + $"{measured.Seen.Idle}");
        Console.WriteLine($"{"",-9}  {Costs(figures, measured.Timings)}");
    }

    public static void Published() => Console.WriteLine("""

        Published by others, measured on their machines and not on this one:
          Ray Tune   10,000 trials of 1 s on 16 CPUs: 715 s, ideal 625, 14 % lost
          Ray Tune   4,800 results/s without logging, 50 to 500 with
          Ray Tune   200 nodes x 1 result/s: 7.6 times the ideal
          Optuna     1,000 trials of 0 s: 102/s to SQLite, 7.9/s to MySQL, 5,300/s in memory (nothing stored)
        """);

    private static string Costs(Figures figures, Timings timings)
    {
        return $"storing {Share(timings.Storing)} of the time; {timings.Events / (double)timings.Commits:N1} events a commit; "
            + $"one core by {Each(figures.Processor.Select(Share))}; {Each(figures.Memory.Select(bytes => $"{bytes / 1e6:N0} MB"))}";

        string Share(TimeSpan time) => $"{time / figures.Elapsed:P0}";
    }

    // Over channels, all is in the coordinator's process.
    private static string Each(IEnumerable<string> figures) =>
        string.Join(", ", figures.Zip(["coordinator", "nodes"], (figure, whose) => $"{whose} {figure}"));
}
