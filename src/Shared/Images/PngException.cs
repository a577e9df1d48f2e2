using FashionSweep.Shared.Faults;

namespace FashionSweep.Shared.Images;

/// <summary>What should be a PNG file can't be read; the message completes a sentence that starts with the file's name.</summary>
public sealed class PngException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}
