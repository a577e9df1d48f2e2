using System.Globalization;
using FashionSweep.Chaos.Benchmarks;

if (!Arguments.TryRead(args, out var minutes, out var seed))
{
    Console.Error.WriteLine("Usage: run [--minutes N] [--seed S], both whole numbers of at least 1");
    return 2;
}
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {minutes} min"));
await LongRun.RunAsync(TimeSpan.FromMinutes(minutes), seed);
return 0;
