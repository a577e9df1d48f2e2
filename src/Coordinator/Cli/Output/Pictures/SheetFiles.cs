using System.CommandLine;
using FashionSweep.Coordinator.Results.Pictures;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Images;

namespace FashionSweep.Coordinator.Cli.Output.Pictures;

/// <summary>The files that a verb writes its pictures into as well, alike in all that draw some.</summary>
internal sealed class SheetFiles
{
    private const string Html = "--html";
    private const string Png = "--png";

    // As many as a page is looked through, and as a picture is opened of by every viewer.
    private const int MostPictures = 1000;

    private readonly Option<string?> _html = new(Html) { Description = "Write the images into this file as well, a page for a browser", HelpName = "FILE" };
    private readonly Option<string?> _png = new(Png) { Description = "Write the images into this file as well, as one picture", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _html, _png }) command.Options.Add(option);
    }

    /// <exception cref="InputException">A file is there already, or its folder is not.</exception>
    public void Require(ParseResult arguments)
    {
        if (arguments.GetValue(_html) is { } page) NewFile.Require(page, Html);
        if (arguments.GetValue(_png) is { } picture) NewFile.Require(picture, Png);
    }

    /// <summary>Writes those that were asked for, and says so.</summary>
    /// <exception cref="InputException">There are too many pictures.</exception>
    public void Write(ParseResult arguments, PictureSheet sheet)
    {
        Write(arguments, _html, sheet, part => File.WriteAllText(part, HtmlSheet.Of(sheet)));
        Write(arguments, _png, sheet, part =>
        {
            using var stream = File.Create(part);
            PngFile.Write(stream, PngSheet.Of(sheet));
        });
    }

    private static void Write(ParseResult arguments, Option<string?> option, PictureSheet sheet, Action<string> write)
    {
        if (arguments.GetValue(option) is not { } file) return;
        if (sheet.Pictures.Count > MostPictures)
            throw new InputException($"{option.Name} takes at most {MostPictures} images, and there are {sheet.Pictures.Count}: ask for fewer");
        NewFile.Write(file, write);
        arguments.InvocationConfiguration.Error.WriteLine($"{file}: {TerminalText.Count(sheet.Pictures.Count, "image")}");
    }
}
