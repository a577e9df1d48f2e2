using System.Globalization;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Store.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["cost", .. var sizes]:
        foreach (var trials in sizes.DefaultIfEmpty("100000")) StoreCost.Measure(int.Parse(trials, CultureInfo.InvariantCulture));
        return 0;
    case ["fill", var folder, var trials]:
        StoreCost.Write(new StoreFolder(folder), killed: null, int.Parse(trials, CultureInfo.InvariantCulture));
        return 0;
    case ["ask", var folder, var question]:
        StoreQuestions.Ask(folder, question);
        return 0;
    case ["crashes", .. var seeds]:
        return seeds.DefaultIfEmpty("1").Sum(seed => Crashes.Count(int.Parse(seed, CultureInfo.InvariantCulture))) == 0 ? 0 : 1;
    case ["kills", .. var times] when times.Length < 2:
        return await Kills.CountAsync(times.Length == 0 ? 200 : int.Parse(times[0], CultureInfo.InvariantCulture)) == 0 ? 0 : 1;
    case [KilledWriter.Verb, var folder]:
        KilledWriter.Write(new StoreFolder(folder));
        return 0;
    default:
        Console.Error.WriteLine("cost [TRIALS...], fill FOLDER TRIALS, crashes [SEED...] or kills [TIMES]");
        return 2;
}
