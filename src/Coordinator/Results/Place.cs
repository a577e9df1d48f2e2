namespace FashionSweep.Coordinator.Results;

/// <summary>Where a ranked configuration stands: the lower comes first.</summary>
/// <param name="IsIncomplete">Some of its repeats are not completed: it comes behind all others.</param>
/// <param name="Cost">The lower, the better.</param>
internal readonly record struct Place(bool IsIncomplete, double Cost, double ValidationLoss, int Number) : IComparable<Place>
{
    public int CompareTo(Place other)
    {
        if (IsIncomplete != other.IsIncomplete) return IsIncomplete ? 1 : -1;
        if (Cost.CompareTo(other.Cost) is not 0 and var byCost) return byCost;
        if (ValidationLoss.CompareTo(other.ValidationLoss) is not 0 and var byLoss) return byLoss;
        return Number.CompareTo(other.Number);
    }
}
