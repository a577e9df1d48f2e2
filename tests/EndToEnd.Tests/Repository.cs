namespace FashionSweep.EndToEnd.Tests;

internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException("FashionSweep.sln is in no folder above the tests."),
        _ when File.Exists(Path.Combine(folder.FullName, "FashionSweep.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
