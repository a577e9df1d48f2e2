#pragma warning disable IDE0130 // Two rooms in one file: a house of the size of a test.
namespace FashionSweep.EndToEnd.Tests.Architecture.Sample.Ground
{
    internal static class Floor
    {
        // Nothing of its signature tells where it leads.
        public static string Describe()
        {
            List<object> above = [new Roof.Tile()];
            return $"{above.Count}";
        }
    }
}

namespace FashionSweep.EndToEnd.Tests.Architecture.Sample.Roof
{
    internal sealed class Tile
    {
        public string Below { get; } = Ground.Floor.Describe();
    }
}
