using System.Globalization;
using System.Net;
using System.Text;
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
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{Text(sheet.Title)}</title>\n");
        page.Append(CultureInfo.InvariantCulture, $"<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n{Style}\n</style>\n");
        var kind = sheet.Pictures.All(picture => picture.Probabilities is null) ? " class=\"plain\"" : "";
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(sheet.Title)}</h1>\n<main{kind}>\n");
        foreach (var picture in sheet.Pictures) Append(page, picture);
        return page.Append("</main>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, Picture picture)
    {
        var title = picture.TrueClass is { } truth ? $"<strong>{Text(truth)}</strong> " : "";
        var seen = string.Join(", ", new[] { picture.TrueClass, picture.Name, picture.Verdict }.Where(part => !string.IsNullOrEmpty(part)));
        page.Append(CultureInfo.InvariantCulture, $"<figure><img alt=\"{Text(seen)}\" src=\"{PngFile.DataUri(picture.Image)}\">");
        page.Append(CultureInfo.InvariantCulture, $"<figcaption>{title}<span class=\"name\">{Text(picture.Name)}</span>");
        if (picture.Probabilities is { } probabilities)
        {
            var mark = picture.IsRight switch { true => " class=\"right\"", false => " class=\"wrong\"", null => "" };
            page.Append(CultureInfo.InvariantCulture, $"<div{mark}>{Text(picture.Verdict)}</div>\n<table>\n");
            foreach (var (label, probability) in probabilities.Index()) Append(page, picture, label, probability);
            page.Append("</table>");
        }
        page.Append("</figcaption></figure>\n");
    }

    private static void Append(StringBuilder page, Picture picture, int label, double probability)
    {
        var predicted = picture.IsRight == false ? " class=\"predicted wrong\"" : " class=\"predicted\"";
        var mark = label == picture.Predicted ? predicted : label == picture.Truth ? " class=\"truth\"" : "";
        page.Append(CultureInfo.InvariantCulture, $"<tr{mark}><th scope=\"row\">{Text(FashionMnist.Classes[label])}</th><td>{probability:0.00}</td>");
        page.Append(CultureInfo.InvariantCulture, $"<td><span class=\"bar\" style=\"width:{100 * probability:0.#}%\"></span></td></tr>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
