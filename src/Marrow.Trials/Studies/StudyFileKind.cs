using Marrow.Networks.Diagnostics;
using Marrow.Trials.Patients;

namespace Marrow.Trials.Studies;

/// <summary>What a YAML file of a study describes.</summary>
public enum StudyFileKind
{
    /// <summary>None of the others; the problem was reported.</summary>
    Unknown,

    /// <summary>A study: arms, patients, follow-up.</summary>
    Study,

    /// <summary>A population: covariates and how patients come to enrolment.</summary>
    Population,

    /// <summary>A regimen: preparation, doses, care.</summary>
    Regimen,
}

/// <summary>Reads any YAML file of a study for its problems.</summary>
public static class StudyFileReader
{
    /// <summary>Recognises the file by its keys and reads it. A regimen is read within the studies of the folders above that name it,
    /// because its laws use values of their populations.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bag">Collects every problem, those of the files that a study names included.</param>
    /// <param name="study">The study, if it is one and has no errors.</param>
    public static StudyFileKind Read(string path, DiagnosticBag bag, out Study? study)
    {
        study = null;
        if (YamlSource.ReadFile(path, bag) is not { } map) return StudyFileKind.Unknown;
        if (map.Has("arms"))
        {
            study = StudyLoader.Load(path, bag);
            return StudyFileKind.Study;
        }
        if (map.Has("covariates"))
        {
            PopulationLoader.Read(map);
            return StudyFileKind.Population;
        }
        if (map.Has("doses"))
        {
            ReadRegimen(path, bag);
            return StudyFileKind.Regimen;
        }
        bag.Error(StudyCodes.MissingKey, "neither a study (arms), a population (covariates) nor a regimen (doses)", new SourceSpan(path, 1, 1, 1),
            "a YAML file is known by its keys", "adding the key that belongs to it");
        return StudyFileKind.Unknown;
    }

    private static void ReadRegimen(string path, DiagnosticBag bag)
    {
        var studies = StudiesAbove(path).ToList();
        if (studies.Count == 0)
            bag.Error(StudyCodes.Conflict, "no study names this regimen", new SourceSpan(path, 0, 0, 1), "its drugs and patients are those of a study", "checking a study that names it");
        foreach (var file in studies)
        {
            var all = new DiagnosticBag();
            StudyLoader.Load(file, all);
            bag.AddRange(all.Items.Where(d => Path.GetFullPath(d.Where.File) == Path.GetFullPath(path)).Select(d => d with { Where = d.Where with { File = path } }));
        }
    }

    private static IEnumerable<string> StudiesAbove(string path)
    {
        var name = Path.GetFileName(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return new[] { folder, Path.GetDirectoryName(folder) }.OfType<string>()
            .SelectMany(f => Directory.EnumerateFiles(f, "*.yaml").Order(StringComparer.Ordinal))
            .Where(file => Path.GetFullPath(file) != Path.GetFullPath(path) && File.ReadAllText(file).Contains(name, StringComparison.Ordinal));
    }
}
