namespace Marrow.Trials.Patients;

/// <summary>A change of one state or parameter: value x <paramref name="Factor"/> + <paramref name="Term"/>.</summary>
/// <param name="IsState">Whether it is a state.</param>
/// <param name="Index">Its number.</param>
/// <param name="Factor">Factor; 0 to set.</param>
/// <param name="Term">Term, in the target's unit.</param>
/// <param name="From">State of which the share <paramref name="Term"/> is moved to this one; -1 for none.</param>
internal readonly record struct ModelChange(bool IsState, int Index, double Factor, double Term, int From = -1)
{
    /// <summary>Makes changes in order.</summary>
    public static void Apply(IReadOnlyList<ModelChange> changes, Span<double> states, Span<double> parameters)
    {
        foreach (var change in changes)
        {
            var values = change.IsState ? states : parameters;
            if (change.From >= 0)
            {
                var moved = change.Term * states[change.From];
                states[change.From] -= moved;
                states[change.Index] += moved;
                continue;
            }
            // Set must not turn an infinite value into NaN.
            values[change.Index] = change.Factor == 0 ? change.Term : (change.Factor * values[change.Index]) + change.Term;
        }
    }
}

/// <summary>What is changed in a patient before enrolment.</summary>
/// <param name="Life">From the healthy start on.</param>
/// <param name="Growth">From the first leukaemic cell on.</param>
internal sealed record EntryChanges(IReadOnlyList<ModelChange> Life, IReadOnlyList<ModelChange> Growth)
{
    /// <summary>Nothing.</summary>
    public static EntryChanges None { get; } = new([], []);
}
