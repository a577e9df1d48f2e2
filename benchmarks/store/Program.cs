using System.Globalization;
using FashionSweep.Store.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["cost", .. var sizes]:
        foreach (var trials in sizes.DefaultIfEmpty("100000")) StoreCost.Measure(int.Parse(trials, CultureInfo.InvariantCulture));
        return 0;
    case ["ask", var folder, var question]:
        StoreQuestions.Ask(folder, question);
        return 0;
    case ["crashes", .. var seeds]:
        return seeds.DefaultIfEmpty("1").Sum(seed => Crashes.Count(int.Parse(seed, CultureInfo.InvariantCulture))) == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine("cost [TRIALS...] or crashes [SEED...]");
        return 2;
}
