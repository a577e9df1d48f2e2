using System.Globalization;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Dashboard.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["figures", .. var sizes]:
        foreach (var size in sizes.DefaultIfEmpty("50000"))
        {
            if (int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var trials)) await Figures.MeasureAsync(trials);
            else await Figures.MeasureAsync(size);
        }
        return 0;
    case ["store", var folder, var trials]:
        GeneratedStore.Write(new StoreFolder(folder), int.Parse(trials, CultureInfo.InvariantCulture));
        return 0;
    case ["memory", var sweepFile]:
        await LongLook.MeasureAsync(sweepFile);
        return 0;
    case ["pictures", var store, var sweepFile, var folder]:
        await Pictures.TakeAsync(store, sweepFile, folder);
        return 0;
    default:
        Console.Error.WriteLine("figures [TRIALS|FOLDER...], store FOLDER TRIALS, memory SWEEP-FILE, or pictures STORE SWEEP-FILE FOLDER");
        return 2;
}
