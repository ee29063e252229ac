using Marrow.Networks.Diagnostics;

namespace Marrow.Exchange.Sedml;

/// <summary>Every problem of SED-ML documents and COMBINE archives. Range: 91xx, and 595x for what is not supported.</summary>
internal static class SedmlCodes
{
    public static readonly ErrorCode BadSedml = new("MRW9101", "Text that is not SED-ML",
        "An element or attribute is missing or not of the form that SED-ML gives it.", "Compare it with the specification of its level, or export the document anew.");
    public static readonly ErrorCode UnknownReference = new("MRW9102", "SED-ML that names what the document does not have",
        "Tasks name models and simulations, data generators name tasks, outputs name data generators.", "Correct the name.");
    public static readonly ErrorCode NothingMatches = new("MRW9103", "SED-ML target that names nothing of the model",
        "A target is an XPath expression over the SBML model, as changed so far.", "Correct the identifier in the expression, and the prefixes that it uses.");
    public static readonly ErrorCode BadTarget = new("MRW9104", "SED-ML target that is no XPath expression, or no quantity",
        "A target must select an element or attribute of the model, and where a value is wanted one that has a value.", "Write it as /sbml:sbml/sbml:model/sbml:listOfSpecies/sbml:species[@id='S1'].");
    public static readonly ErrorCode SetsComputedValue = new("MRW9105", "Repeated task that sets a computed value",
        "A rule gives the quantity its value at all times.", "Set the parameters that the rule uses.");
    public static readonly ErrorCode BadRange = new("MRW9106", "Range of a repeated task that gives no values",
        "A range is a start, an end and a number of steps, a list of values, the values of data, or a formula of another range.", "Correct its attributes.");
    public static readonly ErrorCode Circular = new("MRW9107", "SED-ML that leads back to itself",
        "A model is made from itself, or a repeated task repeats itself.", "Break the circle.");
    public static readonly ErrorCode TooMuch = new("MRW9108", "SED-ML document that asks for too much",
        "The number of simulations and of values of one document is limited.", "Take fewer values of a range or fewer points, or split the document.");
    public static readonly ErrorCode DataLeftOut = new("MRW9109", "Data of a SED-ML document that are not fetched",
        "A curve or data set shows measured data that lie at an address of the network.", "Nothing: the results of simulations are not affected. To see the data, put them beside the document and name the file.");
    public static readonly ErrorCode BadData = new("MRW9110", "Data of a SED-ML document that cannot be read",
        "Data are a table with a header, separated by commas or tabs, or a NuML file.", "Export the data anew.");
    public static readonly ErrorCode NoSuchData = new("MRW9111", "Data source that names what its data do not have",
        "A data source is a column of a table, or a part of the dimensions of the data.", "Correct 'indexSet', or 'reference' and 'value' of the slice.");
    public static readonly ErrorCode NoNumber = new("MRW9112", "Data source with a value that is no number",
        "Numbers have a point and no unit; what is missing is left empty.", "Correct the cell, or choose another column.");
    public static readonly ErrorCode Duplicate = new("MRW9113", "Two parts of a SED-ML document with one identifier",
        "Two models, tasks, data sources or other parts of one kind have the same identifier and differ, so that it is not clear which is meant.", "Rename one of them, and what names it.");
    public static readonly ErrorCode Outside = new("MRW9114", "SED-ML that names a file outside its folder",
        "A document reads what lies in its archive or, by itself, in its folder and below: one from elsewhere may not reach other files.", "Put the file beside the document, or pack both as an archive (.omex).");
    public static readonly ErrorCode BadArchive = new("MRW9121", "Archive that cannot be read",
        "A COMBINE archive is a zip file with a manifest.xml.", "Write the archive anew with the program that it comes from.");
    public static readonly ErrorCode UnsafeArchive = new("MRW9122", "Archive that is not safe to read",
        "Names must stay inside the archive, and number, size and compression of entries are limited.", "Do not open it, or pack what it needs anew.");
    public static readonly ErrorCode NothingToRun = new("MRW9123", "Archive without anything to run",
        "An archive is run by its SED-ML document, the master one if there are several.", "Add a SED-ML document, and name it in the manifest.");

    public static readonly ErrorCode Version = new("MRW5950", "Not supported: level or version of SED-ML",
        "Level 1 Versions 1 to 4 are read.", "Export the document at such a version.");
    public static readonly ErrorCode Construct = new("MRW5951", "Not supported: part of SED-ML",
        "The message names the element or attribute; docs/sedml.md lists all.", "Leave it out, or say the same by what is supported.");
    public static readonly ErrorCode Algorithm = new("MRW5952", "Not supported: algorithm of SED-ML",
        "The KiSAO term names no solver of differential equations, no exact stochastic simulation and no search for steady states.", "Name another, such as KISAO:0000019 (CVODE).");
    public static readonly ErrorCode Language = new("MRW5953", "Not supported: language of a model in SED-ML",
        "Models are SBML files.", "Convert the model to SBML.");
    public static readonly ErrorCode Address = new("MRW5954", "Not supported: model or data from the network",
        "Nothing is fetched: what runs must be at hand and stay the same.", "Put the file beside the document, and name it by its relative path.");
}
