namespace FashionSweep.Coordinator.Web;

/// <summary>What answers at an address: its name, for the words of what it turns down, and how much it takes.</summary>
/// <param name="Name">As <c>coordinator</c>.</param>
/// <param name="MostPerSecond">Requests from one address.</param>
/// <param name="MostAtOnce">Requests in work.</param>
internal sealed record WebServer(string Name, int MostPerSecond, int MostAtOnce)
{
    /// <summary>A hundred nodes behind one address, each with a trial a second, stay below its limits.</summary>
    public static WebServer Coordinator { get; } = new("coordinator", 2000, 512);

    /// <summary>A trained model, asked by who has many images: what waits costs less than what is sent away.</summary>
    public static WebServer Model { get; } = new("server", 1_000_000, 512);

    /// <summary>A page that looks on, and some who look at it.</summary>
    public static WebServer Dashboard { get; } = new("dashboard", 500, 256);

    public WebPatience Patience { get; init; } = WebPatience.Usual;
}
