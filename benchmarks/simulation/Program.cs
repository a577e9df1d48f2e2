using System.Globalization;
using FashionSweep.Simulation.Benchmarks;
using FashionSweep.Simulation.Tests;

if (Arguments.Read(args) is not { } given)
{
    Console.Error.WriteLine("Usage: run [--seeds N] [--from K] [--threads N], or run --seed K [--trace]; whole numbers of at least 1");
    return 2;
}
if (given.Seed is not { } seed) return new ManyWorlds(given).Run();
try
{
    var world = SimulatedWorld.Run(seed, given.IsTraced ? Console.WriteLine : null);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: all came right within {world.Time.TotalSeconds:0.0} s of its time"));
    return 0;
}
catch (SimulationException failure)
{
    Console.Error.WriteLine(given.IsTraced ? failure : failure.Message);
    return 1;
}
