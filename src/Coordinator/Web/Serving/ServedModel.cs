using FashionSweep.Shared.Data;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>What is served, as whoever asks is told.</summary>
/// <param name="Name">A trial, as <c>quickstart/10</c>, or an ensemble.</param>
/// <param name="Members">The trials whose models answer.</param>
/// <param name="ValidationAccuracy">On the images that were held out, 0 to 1.</param>
/// <param name="TestAccuracy">On the test images, 0 to 1.</param>
public sealed record ServedModel(string Name, IReadOnlyList<string> Members, double ValidationAccuracy, double TestAccuracy)
{
    /// <summary>In the order of the labels.</summary>
    public IReadOnlyList<string> Classes { get; } = FashionMnist.Classes;
}

/// <summary>An image to try the model on.</summary>
/// <param name="Class">What it is.</param>
/// <param name="Pixels">uint8, [28, 28], 0..255.</param>
public sealed record ServedExample(string Class, byte[] Pixels);
