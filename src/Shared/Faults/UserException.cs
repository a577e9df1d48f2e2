namespace FashionSweep.Shared.Faults;

/// <summary>A fault that its user can do something about: the message says what is wrong and what to do. It is shown without a stack trace.</summary>
public abstract class UserException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether what was given is wrong, so that trying again would end the same: exit code 2. Else the work could not be done: 1.</summary>
    public virtual bool IsWrongInput => false;
}
