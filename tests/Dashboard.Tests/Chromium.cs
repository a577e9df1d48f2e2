using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Tests;

/// <summary>The browser of this machine, without a window.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "google-chrome"];

    /// <exception cref="FileNotFoundException">There is none; says what to install.</exception>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Find(),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("There is no browser: install Chromium (apt-get install chromium) or Google Chrome.");
}
