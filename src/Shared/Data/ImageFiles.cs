using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Images;

namespace FashionSweep.Shared.Data;

/// <summary>Images of a user's own: a PNG, a folder of them, or an IDX file.</summary>
/// <param name="Names">Of each image: its file, or its number in it.</param>
/// <param name="HaveClasses">Whether the labels say what the images are; else they are all 0.</param>
public sealed record ImageFiles(string Path, ImageSet Images, IReadOnlyList<string> Names, bool HaveClasses)
{
    private const string Extension = ".png";

    private const int Grey = 127;

    private const int MostFaults = 20;

    private static readonly int[] Corners = [0, ImageSet.Side - 1, ImageSet.PixelsPerImage - ImageSet.Side, ImageSet.PixelsPerImage - 1];

    /// <summary>How many lie on a light ground, by three of their corners, where Fashion-MNIST's garments lie on black.</summary>
    public int OnLightGround => Enumerable.Range(0, Images.Count).Count(image => Corners.Count(corner => Images.Picture(image).Pixels[corner] > Grey) >= 3);

    /// <summary>
    /// A folder has PNGs, or a folder of PNGs for each class, named as it is or as its label; what else its name has than letters and digits doesn't
    /// count, so that T-shirt_top is one. An IDX file of images has its classes in a file beside it, with labels-idx1 in its name in place of
    /// images-idx3; both may be compressed by gzip.
    /// </summary>
    /// <exception cref="InputException">There is nothing there, or a file can't be read; says which and why.</exception>
    public static ImageFiles Read(string path)
    {
        if (Directory.Exists(path)) return OfFolder(path);
        if (!File.Exists(path)) throw new InputException($"{path}: there is no such file or folder");
        return IsPng(path) ? OfPngs(path, [(path, null)]) : IdxImages.Read(path);
    }

    private static ImageFiles OfFolder(string folder)
    {
        var classes = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToList();
        var pngs = PngsIn(folder);
        if (pngs.Count > 0) return OfPngs(folder, [.. pngs.Select(file => (file, (int?)null))]);
        if (classes.Count == 0) throw new InputException($"{folder}: has no file that ends in {Extension}");
        var named = classes.Select(path => (Path: path, Label: LabelOf(System.IO.Path.GetFileName(path)))).ToList();
        Refuse([.. named.Where(one => one.Label is null)
            .Select(one => $"{one.Path}: is named as no class, must be one of {string.Join(", ", FashionMnist.Classes)}, or 0 to 9")]);
        List<(string, int?)> files = [.. named.SelectMany(one => PngsIn(one.Path).Select(file => (file, one.Label)))];
        return files.Count > 0 ? OfPngs(folder, files) : throw new InputException($"{folder}: its folders have no file that ends in {Extension}");
    }

    private static List<string> PngsIn(string folder) => [.. Directory.GetFiles(folder).Where(IsPng).Order(StringComparer.Ordinal)];

    private static bool IsPng(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    private static int? LabelOf(string name)
    {
        var label = Enumerable.Range(0, FashionMnist.Classes.Count)
            .FirstOrDefault(i => Letters(FashionMnist.Classes[i]) == Letters(name) || name == $"{i}", -1);
        return label < 0 ? null : label;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static ImageFiles OfPngs(string path, List<(string File, int? Label)> files)
    {
        var pixels = new byte[files.Count * ImageSet.PixelsPerImage];
        var faults = new List<string>();
        foreach (var (i, (file, _)) in files.Index()) ReadPng(file, faults)?.CopyTo(pixels, i * ImageSet.PixelsPerImage);
        Refuse(faults);
        var names = files.Select(file => System.IO.Path.GetFileName(file.File));
        return new ImageFiles(path, new ImageSet(pixels, [.. files.Select(file => (byte)(file.Label ?? 0))]), [.. names], files[0].Label is not null);
    }

    // All at once, but nobody reads the same of a thousand files.
    private static void Refuse(List<string> faults)
    {
        if (faults.Count == 0) return;
        var more = faults.Count > MostFaults ? $"\nand {faults.Count - MostFaults} more like these" : "";
        throw new InputException(string.Join('\n', faults.Take(MostFaults)) + more);
    }

    /// <returns>Null after a fault.</returns>
    private static byte[]? ReadPng(string file, List<string> faults)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var image = PngFile.Read(stream);
            if (image is { Width: ImageSet.Side, Height: ImageSet.Side }) return image.Pixels;
            faults.Add($"{file}: is {image.Width} × {image.Height}, must be {ImageSet.Side} × {ImageSet.Side}");
        }
        catch (PngException fault)
        {
            faults.Add($"{file}: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file}: can't be read: {fault.Message}");
        }
        return null;
    }
}
