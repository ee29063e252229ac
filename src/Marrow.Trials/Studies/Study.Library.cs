using Marrow.Networks.Diagnostics;
using Marrow.Networks.Shipped;

namespace Marrow.Trials.Studies;

/// <summary>The simplest way to a study from a program.</summary>
public sealed partial record Study
{
    /// <summary>Reads a study and every file that it names.</summary>
    /// <param name="path">The study file, or the name of a shipped one such as <c>marrow:studies/eliana.yaml</c>.</param>
    /// <exception cref="InputException">The study has errors; all of them are listed.</exception>
    public static Study Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bag = new DiagnosticBag();
        return StudyLoader.Load(ShippedFiles.Locate(path), bag) ?? throw new InputException(bag.Items);
    }

    /// <summary>Runs the study and writes its tables.</summary>
    /// <param name="folder">Folder for the results.</param>
    /// <param name="patients">Virtual patients in place of the study's number.</param>
    /// <param name="seed">Seed in place of the study's.</param>
    /// <param name="threads">Threads; 0 for one a processor. The results do not depend on them.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <exception cref="StudyException">The folder cannot be used.</exception>
    public StudyResult Run(string folder, int? patients = null, ulong? seed = null, int threads = 0, CancellationToken cancel = default) =>
        StudyRunner.Run(this, new RunOptions { OutputFolder = folder, Patients = patients, Seed = seed, Threads = threads }, cancel: cancel);
}
