using System.Reflection;

namespace FashionSweep.Shared.Protocol;

/// <summary>Which release of FashionSweep this process is.</summary>
public static class Release
{
    /// <summary>As <c>0.5.0</c> or <c>0.5.0-beta.1</c>: without the commit that a build appends.</summary>
    public static string Version { get; } =
        typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
