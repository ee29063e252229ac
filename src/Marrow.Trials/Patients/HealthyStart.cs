namespace Marrow.Trials.Patients;

/// <summary>The healthy body on the first day of rest.</summary>
internal static class HealthyStart
{
    /// <summary>Fills parameters and states of a candidate's draw of biology.</summary>
    public static void Fill(IStudyModel model, BiologyTable biology, EntryPlan plan, Candidate candidate, EntryChanges changes, Span<double> states, Span<double> parameters)
    {
        var own = biology.Draw(candidate.Random, candidate.Attempt, candidate.Values);
        own[plan.StopParameter] = candidate.Values[plan.Rule.StopValue];
        own.CopyTo(parameters);
        ModelChange.Apply([.. changes.Life.Where(c => !c.IsState)], states, parameters);
        model.InitialStates(parameters, states);
        biology.Scale(states, candidate.Values);
        ModelChange.Apply([.. changes.Life.Where(c => c.IsState)], states, parameters);
    }
}
