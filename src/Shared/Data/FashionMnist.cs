namespace FashionSweep.Shared.Data;

/// <summary>
/// Fashion-MNIST: 60,000 images to train and validate with, 10,000 to test with, of ten kinds of clothing.
/// Xiao, Rasul, Vollgraf: Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms, arXiv:1708.07747.
/// </summary>
public sealed record FashionMnist(DatasetPlace Place, ImageSet Train, ImageSet Test, IReadOnlyList<IdxFile> Files)
{
    /// <summary>The names of the classes; a label is an index into them.</summary>
    public static IReadOnlyList<string> Classes { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Finds, reads and verifies the four files.</summary>
    /// <param name="folder">Null to look where it usually lies, see <see cref="DatasetPlaces"/>.</param>
    /// <exception cref="DatasetException">It is nowhere, or files are faulty: says all of them.</exception>
    public static FashionMnist Load(string? folder) => Load(DatasetPlaces.OfThisMachine(folder).Locate());

    /// <summary>Finds the four files and looks at how they start and end, which takes no time: what is inside is verified by whoever loads them.</summary>
    /// <inheritdoc cref="Load(string?)"/>
    public static void Look(string? folder)
    {
        var place = DatasetPlaces.OfThisMachine(folder).Locate();
        if (!DatasetFile.All.All(file => IdxFile.LooksRight(file, place.PathOf(file)))) Load(place);
    }

    /// <inheritdoc cref="Load(string?)"/>
    public static FashionMnist Load(DatasetPlace place)
    {
        // One after the other: by far the most is in the first.
        var files = DatasetFile.All.Select(file => IdxFile.Read(file, place.PathOf(file))).ToList();
        var faulty = files.Where(file => file.Fault is not null).Select(file => $"{file.Path} {file.Fault}").ToList();
        if (faulty.Count > 0) throw new DatasetException($"{string.Join('\n', faulty)}\n{Remedy(place)}");

        var (train, test) = (new ImageSet(files[0].Items, files[1].Items), new ImageSet(files[2].Items, files[3].Items));
        return new FashionMnist(place, train, test, files);
    }

    private static string Remedy(DatasetPlace place) => place.Folder == DatasetPlaces.PackageFolder
        ? "Put it right with `sudo apt-get install --reinstall dataset-fashion-mnist`."
        : $"Put it right with `fsweep data fetch --to {place.Folder}`, which replaces faulty files only.";
}
