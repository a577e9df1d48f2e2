using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Web.Serving;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Http;
using Spectre.Console;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>What is said when a model can be asked: what it is, where, how, and how to end it.</summary>
internal static class ServeView
{
    /// <param name="hasToken">Whoever asks must bear it.</param>
    /// <param name="data">Folder of the data set's files; null where it usually lies.</param>
    public static void Write(TextWriter output, Terminal terminal, ServedModel model, Uri address, bool hasToken, string? data)
    {
        var isOfAll = address.Host is "0.0.0.0" or "[::]";
        // All addresses of this machine are none that can be asked.
        if (isOfAll) address = new UriBuilder(address) { Host = "localhost" }.Uri;
        var console = terminal.On(output);
        var (validation, test) = (Figure(model.ValidationAccuracy), Figure(model.TestAccuracy));
        console.MarkupLineInterpolated($"[bold]{model.Name}[/]  validation accuracy [bold]{validation}[/], test accuracy {test}");
        console.MarkupLineInterpolated($"  draw, or drop an image:  [cyan]{address}[/]");
        console.MarkupLineInterpolated(
            $"  ask from programs:       [cyan]{address}v1/predict[/] [dim]with PNG, bytes or JSON; {address}openapi/v1.json says how[/]");
        console.MarkupLineInterpolated($"  watch it:                [cyan]{address}metrics[/], [cyan]{address}health[/]");
        if (isOfAll) console.MarkupLine("  [dim]from other machines:     the same, by this one's name or address, for which its certificate must be[/]");
        var images = Example(data);
        console.MarkupLineInterpolated($"Next: [dim]{(images is null ? "a PNG of 28 × 28 pixels, white on black" : "the first test image, an ankle boot")}[/]");
        // To be copied as it is: never wrapped.
        output.WriteLine($"  {Command(address, hasToken, images)}");
        console.MarkupLine("[dim]Ctrl-C ends it.[/]");
    }

    private static string Command(Uri address, bool hasToken, string? images)
    {
        var token = hasToken ? $" -H \"Authorization: Bearer ${AccessToken.Variable}\"" : "";
        var to = $"{token} {address}v1/predict";
        return images is null
            ? $"curl -H 'Content-Type: image/png' --data-binary @image.png{to}"
            : $"zcat {images} | tail -c +17 | head -c 784 | curl -H 'Content-Type: application/octet-stream' --data-binary @-{to}";
    }

    private static string? Example(string? data)
    {
        try
        {
            return DatasetPlaces.OfThisMachine(data).Locate().PathOf(DatasetFile.TestImages);
        }
        catch (DatasetException)
        {
            return null;
        }
    }
}
