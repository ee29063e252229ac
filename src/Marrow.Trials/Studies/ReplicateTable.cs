namespace Marrow.Trials.Studies;

/// <summary>replicates.csv: endpoints of the patients that share a draw of the uncertain typical values.</summary>
internal static class ReplicateTable
{
    /// <summary>Name in the run folder.</summary>
    public const string FileName = "replicates.csv";

    /// <summary>Writes the table if typical values of the study are uncertain.</summary>
    public static void Write(StudyResult result)
    {
        if (result.Study.Uncertainty is null) return;
        CsvTable.Write(result.OutputFolder, FileName, ["arm", "id", "replicate", "patients", "value"],
            result.Arms.SelectMany(a => a.Summary.Replicates.Select(r => new object?[] { a.Name, r.Id, r.Replicate, r.Patients, r.Value })));
    }
}
