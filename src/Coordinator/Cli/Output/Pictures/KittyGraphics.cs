using System.Text;
using FashionSweep.Shared.Images;

namespace FashionSweep.Coordinator.Cli.Output.Pictures;

/// <summary>Pictures by the terminal graphics protocol of kitty, which Ghostty speaks as well.</summary>
internal static class KittyGraphics
{
    private const int MostInOneCommand = 4096;

    // The terminal smooths what it makes larger: it gets each pixel as a square already.
    private const int Scale = 8;

    /// <summary>Whether the terminal says so. Within tmux and screen its variables are still set, and nothing is passed on.</summary>
    public static bool IsSpoken(Func<string, string?> environment)
    {
        var term = environment("TERM") ?? "";
        if (term.StartsWith("screen", StringComparison.Ordinal) || term.StartsWith("tmux", StringComparison.Ordinal)) return false;
        return term is "xterm-kitty" or "xterm-ghostty" || environment("KITTY_WINDOW_ID") is { Length: > 0 } || environment("TERM_PROGRAM") is "ghostty";
    }

    /// <summary>What shows an image from the cursor on, which stays where it is. The terminal is asked for no answer.</summary>
    public static string Place(GreyImage image, int columns, int lines)
    {
        var file = new MemoryStream();
        PngFile.Write(file, Enlarge(image));
        var text = new StringBuilder();
        var parts = Convert.ToBase64String(file.ToArray()).Chunk(MostInOneCommand).Select(part => new string(part)).ToList();
        foreach (var (i, part) in parts.Index())
        {
            var what = i == 0 ? $"a=T,f=100,c={columns},r={lines},C=1,q=2," : "";
            text.Append($"\e_G{what}m={(i + 1 < parts.Count ? 1 : 0)};{part}\e\\");
        }
        return text.ToString();
    }

    private static GreyImage Enlarge(GreyImage image)
    {
        var (width, height) = (image.Width * Scale, image.Height * Scale);
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = image.Pixels[(i / width / Scale * image.Width) + (i % width / Scale)];
        return new GreyImage(width, height, pixels);
    }
}
