using System.Globalization;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Data;
using Spectre.Console;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary>A download with its progress: bars on a terminal, a line per file elsewhere.</summary>
internal static class DataFetch
{
    public static Task RunAsync(DatasetDownload download, TextWriter errors, CancellationToken cancel) => Terminal.Of(errors).Interactive
        ? WithBarsAsync(download, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors) }), cancel)
        : download.RunAsync(progress => WriteLine(progress, errors), cancel);

    private static Task WithBarsAsync(DatasetDownload download, IAnsiConsole console, CancellationToken cancel) => console.Progress()
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
            new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
        .StartAsync(context =>
        {
            var bars = DatasetFile.All.ToDictionary(file => file, file => context.AddTask(file.Name, autoStart: false));
            return download.RunAsync(progress => Advance(bars[progress.File], progress), cancel);
        });

    private static void Advance(ProgressTask bar, DownloadProgress progress)
    {
        if (!bar.IsStarted) bar.StartTask();
        bar.MaxValue = progress is DownloadProgress.Received { Total: { } total } ? total : progress.Bytes;
        bar.Value = progress.Bytes;
        if (progress is not DownloadProgress.Received) bar.StopTask();
    }

    private static void WriteLine(DownloadProgress progress, TextWriter errors)
    {
        var size = progress.Bytes.ToString("N0", CultureInfo.InvariantCulture);
        switch (progress)
        {
            case DownloadProgress.Kept: errors.WriteLine($"{progress.File.Name}  {size} bytes, already there and right"); break;
            case DownloadProgress.Placed: errors.WriteLine($"{progress.File.Name}  {size} bytes, fetched and verified"); break;
        }
    }
}
