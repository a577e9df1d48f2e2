namespace FashionSweep.EndToEnd.Tests.Architecture;

/// <summary>Holds the arrows of docs/architecture.md, between projects and between their rooms, over the compiled assemblies.</summary>
public sealed class ArrowTests
{
    private const string Prefix = "FashionSweep.";

    // What each project may know.
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Shared"] = [],
        ["Search"] = ["Shared"],
        ["Training"] = ["Shared"],
        ["TrainerNode"] = ["Shared", "Training"],
        ["Coordinator"] = ["Shared", "Search", "Training"],
    };

    // What each room of the coordinator may know, from the ground up.
    private static readonly Dictionary<string, string[]> Coordinator = new()
    {
        ["Records"] = [],
        ["Machine"] = ["Records"],
        ["Storage"] = ["Records"],
        ["Results"] = ["Records"],
        ["Actors"] = ["Machine", "Storage", "Records"],
        ["Telemetry"] = ["Records"],
        ["Notifications"] = ["Storage", "Records"],
        ["Live"] = ["Actors", "Notifications", "Machine", "Storage", "Records"],
        ["Web"] = ["Live", "Machine", "Storage", "Results", "Records"],
        ["Cli"] = ["Web", "Live", "Actors", "Notifications", "Telemetry", "Machine", "Storage", "Results", "Records"],
    };

    // The groups of fsweep --help, on what they share.
    private static readonly Dictionary<string, string[]> Cli = new()
    {
        ["Output"] = [],
        ["Options"] = [],
        ["Completion"] = ["Options", "Output"],
        ["Using"] = ["Options", "Output"],
        ["Progress"] = ["Using", "Output"],
        ["Running"] = ["Progress", "Options", "Output"],
        ["Keeping"] = ["Options", "Output"],
        ["Steering"] = ["Running", "Progress", "Options", "Output"],
        ["Clusters"] = ["Steering", "Options", "Output"],
    };

    private static string[] Assemblies { get; } =
    [
        File("FashionSweep.Shared.dll"), File("FashionSweep.Search.dll"), File("FashionSweep.Training.dll"), File("fsweep.dll"), File("fsweep-node.dll"),
    ];

    public static TheoryData<string> Names => [.. Projects.Keys];

    [Fact]
    public void ProjectsPointOneWay() => Hold(Projects, new AssemblyRooms(Assemblies, ProjectOf));

    [Fact]
    public void TheCoordinatorsRoomsPointDown() => Hold(Coordinator, RoomsOf("Coordinator"));

    [Fact]
    public void TheGroupsOfVerbsShareWhatIsBelowThem() => Hold(Cli, RoomsOf("Coordinator.Cli"));

    [Theory]
    [MemberData(nameof(Names))]
    public void NoRoomIsAPartOfACircle(string project) => RoomsOf(project).Circles().ShouldBeEmpty();

    [Fact]
    public void ALineInTheWrongRoomIsFound()
    {
        var sample = new AssemblyRooms([typeof(ArrowTests).Assembly.Location], space => Below(space, "FashionSweep.EndToEnd.Tests.Architecture.Sample."));
        sample.ArrowsOf("Ground").ShouldHaveSingleItem().Value.ShouldEndWith(
            "Sample.Ground.Floor names FashionSweep.EndToEnd.Tests.Architecture.Sample.Roof.Tile");
        sample.Circles().ShouldBe(["Ground → Roof → Ground", "Roof → Ground → Roof"]);
        Should.Throw<ShouldAssertException>(() => Hold(new() { ["Roof"] = ["Ground"], ["Ground"] = [] }, sample));
    }

    private static void Hold(Dictionary<string, string[]> allowed, AssemblyRooms found)
    {
        found.Rooms.Order().ShouldBe(allowed.Keys.Order());
        var wrong = allowed.SelectMany(room => found.ArrowsOf(room.Key)
            .Where(arrow => !room.Value.Contains(arrow.Key))
            .Select(arrow => $"{room.Key} → {arrow.Key}: {arrow.Value}"));
        wrong.ShouldBeEmpty();
    }

    private static AssemblyRooms RoomsOf(string project) => new(Assemblies, space => Below(space, $"{Prefix}{project}."));

    private static string? ProjectOf(string space) => Below($"{space}.", Prefix);

    // The name's part behind the prefix, up to the next dot.
    private static string? Below(string space, string prefix) =>
        space.StartsWith(prefix, StringComparison.Ordinal) && space[prefix.Length..].Split('.')[0] is { Length: > 0 } room ? room : null;

    private static string File(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
