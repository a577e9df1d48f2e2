namespace FashionSweep.Shared.Data;

/// <summary>A folder that holds all four files by name, and why it was looked into.</summary>
public sealed record DatasetPlace(string Folder, string Origin)
{
    public string PathOf(DatasetFile file) => Path.Combine(Folder, file.Name);
}

/// <summary>Where the data set is looked for, in this order.</summary>
/// <param name="Given">On the command line.</param>
/// <param name="Environment">By <see cref="EnvironmentVariable"/>.</param>
/// <param name="Package">Where Debian's package puts it.</param>
/// <param name="Cache">Where <c>fsweep data fetch</c> puts it.</param>
public sealed record DatasetPlaces(string? Given, string? Environment, string Package, string Cache)
{
    public const string EnvironmentVariable = "FASHION_MNIST_DIR";

    public const string PackageFolder = "/usr/share/datasets/fashion-mnist";

    private const string Remedy = "Get it with `sudo apt-get install dataset-fashion-mnist` or `fsweep data fetch`, or name its folder with --data.";

    public static DatasetPlaces OfThisMachine(string? given) =>
        new(given, NullIfEmpty(System.Environment.GetEnvironmentVariable(EnvironmentVariable)), PackageFolder, UserCache());

    /// <summary>Looks for the files' names only, and reads none. A folder that the user named is taken or refused, never passed over in silence.</summary>
    /// <exception cref="DatasetException">It is nowhere; says where it was looked for.</exception>
    public DatasetPlace Locate()
    {
        if (Given is not null) return Named(new DatasetPlace(Given, "--data"));
        if (Environment is not null) return Named(new DatasetPlace(Environment, EnvironmentVariable));
        DatasetPlace[] places = [new(Package, "Debian's package"), new(Cache, "the user's cache")];
        return places.FirstOrDefault(place => Missing(place).Count == 0) ?? throw new DatasetException(
            $"Fashion-MNIST was not found on this machine. Looked into:\n{string.Join('\n', places.Select(Describe))}\n{Remedy}");
    }

    private static DatasetPlace Named(DatasetPlace place) => Missing(place).Count == 0 ? place : throw new DatasetException(
        $"{Describe(place)} ({place.Origin})\nName a folder that holds the four files, or fill this one with `fsweep data fetch --to {place.Folder}`.");

    private static string Describe(DatasetPlace place) => place switch
    {
        _ when !Directory.Exists(place.Folder) => $"{place.Folder}: no such folder",
        _ => $"{place.Folder}: {string.Join(", ", Missing(place))} missing",
    };

    private static List<string> Missing(DatasetPlace place) =>
        [.. DatasetFile.All.Where(file => !File.Exists(place.PathOf(file))).Select(file => file.Name)];

    private static string UserCache()
    {
        // By the XDG specification a relative path is to be ignored.
        var xdg = System.Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return Path.Combine(Path.IsPathRooted(xdg) ? xdg : Path.Combine(home, ".cache"), "fashionsweep", "fashion-mnist");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
