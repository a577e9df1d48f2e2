using System.Globalization;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;

namespace FashionSweep.Coordinator.Results.Pictures;

/// <summary>A sheet of pictures as one page that needs nothing but itself: in a browser, from a disk, or printed.</summary>
public static class HtmlSheet
{
    private const string Style = """
        :root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif }
        body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
        h1 { font-size: 1.25rem }
        main { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem }
        main.plain { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)) }
        figure { margin: 0; padding: .75rem; border: 1px solid #8884; border-radius: .5rem; display: flex; gap: .75rem; break-inside: avoid }
        .plain figure { flex-direction: column }
        img { width: 112px; height: 112px; image-rendering: pixelated; background: #000 }
        figcaption { flex: 1; min-width: 0 }
        .name { opacity: .7 }
        .wrong { color: #c62828 } .right { color: #2e7d32 }
        @media (prefers-color-scheme: dark) { .wrong { color: #ff8a80 } .right { color: #81c784 } }
        table { width: 100%; border-collapse: collapse; font-size: .8rem; line-height: 1.25 }
        th { font-weight: normal; text-align: left; white-space: nowrap; padding: 0 .5rem 0 0 }
        td { font-variant-numeric: tabular-nums; padding: 0 .3rem 0 0 }
        td + td { width: 45% }
        tr.truth th, tr.predicted th { font-weight: bold }
        .bar { display: block; height: .6rem; background: currentColor; opacity: .65 }
        """;

    public static string Of(PictureSheet sheet)
    {
        var html = new HtmlWriter().Own("<!doctype html>\n").Open("html", ("lang", "en")).Open("meta", ("charset", "utf-8")).Element("title", sheet.Title);
        html.Open("meta", ("name", "viewport"), ("content", "width=device-width")).Open("style").Own(Style).Close("style").Element("h1", sheet.Title);
        html.Open("main", ("class", sheet.Pictures.All(picture => picture.Probabilities is null) ? "plain" : null));
        foreach (var picture in sheet.Pictures) Write(html, picture);
        return html.Close("main").Close("html").ToString();
    }

    private static void Write(HtmlWriter html, Picture picture)
    {
        var seen = string.Join(", ", new[] { picture.TrueClass, picture.Name, picture.Verdict }.Where(part => !string.IsNullOrEmpty(part)));
        html.Open("figure").Open("img", ("alt", seen), ("src", PngFile.DataUri(picture.Image))).Open("figcaption");
        if (picture.TrueClass is { } truth) html.Element("strong", truth).Text(" ");
        html.Element("span", picture.Name, ("class", "name"));
        if (picture.Probabilities is { } probabilities)
        {
            html.Element("div", picture.Verdict, ("class", picture.IsRight switch { true => "right", false => "wrong", null => null })).Open("table");
            foreach (var (label, probability) in probabilities.Index()) Write(html, picture, label, probability);
            html.Close("table");
        }
        html.Close("figcaption").Close("figure");
    }

    private static void Write(HtmlWriter html, Picture picture, int label, double probability)
    {
        var predicted = picture.IsRight == false ? "predicted wrong" : "predicted";
        html.Open("tr", ("class", label == picture.Predicted ? predicted : label == picture.Truth ? "truth" : null));
        html.Element("th", FashionMnist.Classes[label], ("scope", "row"));
        html.Element("td", probability.ToString("0.00", CultureInfo.InvariantCulture));
        var width = string.Create(CultureInfo.InvariantCulture, $"width:{100 * probability:0.#}%");
        html.Open("td").Element("span", "", ("class", "bar"), ("style", width)).Close("td").Close("tr");
    }
}
