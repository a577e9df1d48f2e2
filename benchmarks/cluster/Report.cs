namespace FashionSweep.Cluster.Benchmarks;

/// <summary>The figures as lines of a table.</summary>
internal static class Report
{
    public static void Heading() => Console.WriteLine(
        $"{"",-9}{"",-50}{"s",8}{"ideal",7}{"lost",7}{"trials/s",10}{"reports/s",11}{"idle slot ms",16}{"handover ms",16}{"events/commit",14}{"store µs/event",15}  share of time storing, acknowledging, sending; processor of coordinator, broker, nodes");

    public static void Line(string transport, Quantiles failover) =>
        Console.WriteLine($"{transport,-9}{$"a lost node's trial runs elsewhere, {Failover.Losses} losses",-50}{failover} ms, at worst {failover.Worst:N1} ms");

    public static void Line(string transport, Measurement measured)
    {
        var (workload, figures, timings) = (measured.Workload, measured.Figures, measured.Timings);
        var seconds = figures.Elapsed.TotalSeconds;
        var ideal = workload.Ideal.TotalSeconds;
        Console.WriteLine(
            $"{transport,-9}{workload.What,-50}{seconds,8:N2}{(ideal > 0 ? $"{ideal:N0}" : "-"),7}{(ideal > 0 ? $"{(seconds / ideal) - 1:P1}" : "-"),7}{figures.Finished / seconds,10:N0}"
            + $"{figures.Reports / seconds,11:N0}{measured.Fleet.Idle,16}{measured.Fleet.Handover,16}{timings.Events / (double)timings.Commits,14:N1}{timings.Storing.TotalMicroseconds / timings.Events,15:N1}"
            + $"  {Share(timings.Storing)}, {Share(timings.Acknowledging)}, {Share(timings.Sending)}; {string.Join(", ", figures.Processor.Select(Share))}; {timings.Heard:N0} heard, {timings.Sent:N0} sent, MB {string.Join(", ", figures.Memory.Select(bytes => $"{bytes / 1e6:N0}"))}");

        string Share(TimeSpan time) => $"{time.TotalSeconds / seconds:P0}";
    }
}
