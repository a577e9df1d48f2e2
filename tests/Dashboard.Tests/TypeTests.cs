using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using FashionSweep.EndToEnd.Tests;

namespace FashionSweep.Dashboard.Tests;

/// <summary>The page's modules say in comments what they take and give: TypeScript's compiler holds them to it.</summary>
public sealed class TypeTests
{
    private static readonly string[] Rules =
    [
        "--noEmit", "--allowJs", "--checkJs", "--strict", "--noUnusedLocals", "--noUnusedParameters", "--pretty", "false",
        "--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2023,dom,dom.iterable", "--types", "",
    ];

    private static readonly string Page = Path.Combine(Repository.Root, "src", "Coordinator", "Web", "Dashboard", "Page");

    [Fact]
    public void TheModulesKeepToTheirTypes()
    {
        // Packages are unpacked without their programs' right to be run on some systems.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Compiler, File.GetUnixFileMode(Compiler) | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Compiler, [.. Rules, .. Modules()]) { RedirectStandardOutput = true, WorkingDirectory = Page };
        using var compiler = Process.Start(start)!;
        var faults = compiler.StandardOutput.ReadToEnd();
        compiler.WaitForExit();
        faults.ShouldBeEmpty();
        compiler.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void EveryModuleIsChecked() =>
        Modules().Where(module => File.ReadLines(module).FirstOrDefault() != "// @ts-check").ShouldBeEmpty();

    [Fact]
    public void NothingIsReadAsMarkup() =>
        Modules().Where(module => File.ReadAllText(module) is var text && Markup.Any(text.Contains)).ShouldBeEmpty();

    private static readonly string[] Markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(", "new Function"];

    private static string[] Modules() => Directory.GetFiles(Page, "*.js", SearchOption.AllDirectories);

    private static string Compiler
    {
        get
        {
            var package = typeof(TypeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "TypeScript").Value!;
            var system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            var processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
            return Path.Combine(package, "tools", "runtimes", $"{system}-{processor}", OperatingSystem.IsWindows() ? "tsc.exe" : "tsc");
        }
    }
}
