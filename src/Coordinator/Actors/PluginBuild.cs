using System.ComponentModel;
using System.Diagnostics;
using FashionSweep.Training.Plugins;

namespace FashionSweep.Coordinator.Actors;

/// <summary>Compiles a plug-in's project with the .NET SDK.</summary>
internal static class PluginBuild
{
    // Where a project finds what it is compiled against: the engine's folder of this release.
    private const string EngineProperty = "FashionSweepEngine";

    private const int MostLines = 10;

    /// <returns>The assembly.</returns>
    /// <exception cref="PluginException">It does not compile, or there is no SDK; says what the compiler says.</exception>
    public static string Run(string project, string program)
    {
        if (!File.Exists(project)) throw new PluginException($"there is no project {project}");
        var engine = $"-p:{EngineProperty}={EngineFolder.PathOf(program)}";
        var (code, said) = Start(
            "build", project, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "-nodeReuse:false", "-clp:NoSummary", engine);
        if (code != 0)
        {
            var faults = said.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct().ToList();
            throw new PluginException($"{project} does not compile:\n{string.Join('\n', faults.Count > 0 ? faults.Take(MostLines) : [said.Trim()])}");
        }
        (code, said) = Start("msbuild", project, "-p:Configuration=Release", "-getProperty:TargetPath", engine);
        return code == 0 ? said.Trim() : throw new PluginException($"{project} does not say what it makes: {said.Trim()}");
    }

    private static (int Code, string Said) Start(params string[] arguments)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
        var start = new ProcessStartInfo(dotnet, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        try
        {
            using var build = Process.Start(start)!;
            var errors = build.StandardError.ReadToEndAsync();
            var said = build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            return (build.ExitCode, said + errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception fault)
        {
            throw new PluginException($"a project is compiled by the .NET SDK, and {dotnet} can't be started: {fault.Message}", fault);
        }
    }
}
