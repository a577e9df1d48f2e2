using FashionSweep.Coordinator.Results;
using static FashionSweep.Coordinator.Results.HtmlWriter;

namespace FashionSweep.Coordinator.Cli.Using.Html;

/// <summary>A picture with two axes. Its inside goes from 0 to 1, upwards.</summary>
internal sealed record PlotFrame(int Width, int Height)
{
    private const int Left = 56;
    private const int Right = 12;
    private const int Top = 10;
    private const int Bottom = 38;

    public double X(double share) => Left + (share * (Width - Left - Right));

    public double Y(double share) => Top + ((1 - share) * (Height - Top - Bottom));

    public string Point(double x, double y) => $"{At(X(x))} {At(Y(y))}";

    /// <param name="id">Of its clip, on the page.</param>
    /// <param name="alt">What it shows, for who can't see it.</param>
    public void Open(HtmlWriter html, string id, string alt, PlotAxis across, string acrossName, PlotAxis up, string upName)
    {
        html.Open("svg", ("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", alt));
        html.Open("clipPath", ("id", id)).Open("rect", ("x", At(X(0))), ("y", At(Y(1) - 3)), ("width", At(X(1) - X(0))), ("height", At(Y(0) - Y(1) + 6)))
            .Close("rect").Close("clipPath");
        foreach (var (place, text) in up.Ticks)
        {
            html.Open("path", ("class", "grid"), ("d", $"M{Point(0, place)}H{At(X(1))}")).Close("path");
            html.Element("text", text, ("x", At(Left - 8)), ("y", At(Y(place) + 4)), ("text-anchor", "end"));
        }
        foreach (var (place, text) in across.Ticks)
        {
            html.Open("path", ("class", "tick"), ("d", $"M{Point(place, 0)}v4")).Close("path");
            html.Element("text", text, ("x", At(X(place))), ("y", At(Y(0) + 17)), ("text-anchor", "middle"));
        }
        html.Open("path", ("class", "axis"), ("d", $"M{Point(0, 0)}H{At(X(1))}")).Close("path");
        html.Element("text", acrossName, ("class", "name"), ("x", At(X(0.5))), ("y", At(Height - 4)), ("text-anchor", "middle"));
        html.Element(
            "text", upName, ("class", "name"), ("text-anchor", "middle"), ("transform", $"translate(11 {At(Y(0.5))}) rotate(-90)"));
    }
}
