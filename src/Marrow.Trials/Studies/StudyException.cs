namespace Marrow.Trials.Studies;

/// <summary>A run cannot start or go on, for a reason outside the input files.</summary>
public sealed class StudyException : Exception
{
    /// <summary>Says what is in the way and what to do.</summary>
    public StudyException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
