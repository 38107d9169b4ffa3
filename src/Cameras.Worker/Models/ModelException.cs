namespace Anlan.Cameras.Worker.Models;

/// <summary>A model cannot be used; the message says which, why and what to do.</summary>
internal sealed class ModelException : InvalidOperationException
{
    public ModelException(string message)
        : base(message)
    {
    }

    public ModelException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public ModelException()
    {
    }
}
