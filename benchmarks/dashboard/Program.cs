using System.Globalization;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Dashboard.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["figures", .. var sizes]:
        foreach (var trials in sizes.DefaultIfEmpty("50000")) await Figures.MeasureAsync(int.Parse(trials, CultureInfo.InvariantCulture));
        return 0;
    case ["store", var folder, var trials]:
        GeneratedStore.Write(new StoreFolder(folder), int.Parse(trials, CultureInfo.InvariantCulture));
        return 0;
    case ["pictures", var store, var folder]:
        await Pictures.TakeAsync(store, folder);
        return 0;
    default:
        Console.Error.WriteLine("figures [TRIALS...], store FOLDER TRIALS, or pictures STORE FOLDER");
        return 2;
}
