using Microsoft.Playwright;

namespace FashionSweep.Dashboard.Tests;

/// <summary>The browser of this machine, without a window.</summary>
internal static class Chromium
{
    // The first has nothing of windows in it: the others start three processes more for each, which take twice as long as the page itself.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "google-chrome"];

    /// <exception cref="FileNotFoundException">There is none; says what to install.</exception>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Find(),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });

    private static string Find() =>
        Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("There is no browser: install Chromium (apt-get install chromium-headless-shell) or Google Chrome.");
}
