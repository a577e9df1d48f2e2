using FashionSweep.Shared.Faults;

namespace FashionSweep.Shared.Data;

/// <summary>The data set can't be used; the message names every faulty file, what is wrong with it and what to do.</summary>
public sealed class DatasetException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}
