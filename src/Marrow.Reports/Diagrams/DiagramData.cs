namespace Marrow.Reports.Diagrams;

/// <summary>A model as its diagram needs it; web/src/diagram/types.ts has the same shape.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Version">Marrow's.</param>
/// <param name="TimeUnit">Unit of time.</param>
/// <param name="Groups">Modules, or compartments where there are several and the model is one file.</param>
/// <param name="Entities">Species and quantities given by rules.</param>
/// <param name="Processes">Reactions.</param>
/// <param name="Parameters">Numbers, by name.</param>
internal sealed record DiagramData(
    string Name, string Title, string Version, string TimeUnit, IReadOnlyList<DiagramGroup> Groups, IReadOnlyList<DiagramEntity> Entities,
    IReadOnlyList<DiagramProcess> Processes, IReadOnlyDictionary<string, DiagramParameter> Parameters);

/// <summary>A container.</summary>
/// <param name="Id">Its name; that of a folder ends with a slash.</param>
/// <param name="Kind">folder, module, submodule or compartment.</param>
/// <param name="Parent">The container it lies in; empty for none.</param>
internal sealed record DiagramGroup(string Id, string Kind, string Parent);

/// <summary>A species or a quantity given by a rule.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Title">Its name for people; empty if it has none.</param>
/// <param name="Kind">species, rule or rate.</param>
/// <param name="Group">Container; empty for none.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Start">Where it starts, as text.</param>
/// <param name="Equation">What the rule says; empty for a species.</param>
/// <param name="Influences">What the rule reads, and how.</param>
/// <param name="Parameters">Numbers in start and equation.</param>
/// <param name="Where">File and line.</param>
internal sealed record DiagramEntity(
    string Id, string Title, string Kind, string Group, string Unit, string Start, string Equation, IReadOnlyList<DiagramInfluence> Influences,
    IReadOnlyList<string> Parameters, string Where);

/// <summary>A reaction.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Title">Its name for people; empty if it has none.</param>
/// <param name="Group">Container; empty for none.</param>
/// <param name="Change">What becomes what.</param>
/// <param name="Rate">Rate law.</param>
/// <param name="Unit">Unit of the rate.</param>
/// <param name="Inputs">What is used up.</param>
/// <param name="Outputs">What is made.</param>
/// <param name="Influences">What the rate depends on beside what is used up, and how.</param>
/// <param name="Parameters">Numbers in the rate law.</param>
/// <param name="Where">File and line.</param>
internal sealed record DiagramProcess(
    string Id, string Title, string Group, string Change, string Rate, string Unit, IReadOnlyList<DiagramShare> Inputs, IReadOnlyList<DiagramShare> Outputs,
    IReadOnlyList<DiagramInfluence> Influences, IReadOnlyList<string> Parameters, string Where);

/// <summary>How many of a species a reaction takes or makes.</summary>
internal sealed record DiagramShare(string Id, double Count);

/// <summary>How a quantity acts: see <see cref="Influence"/>.</summary>
internal sealed record DiagramInfluence(string Id, string Effect);

/// <summary>A number and where it comes from.</summary>
/// <param name="Value">The value, or its formula.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Kind">measured, fitted, assumed or switch; empty where no table has it.</param>
/// <param name="Source">Source and place in it, or where the model sets it.</param>
/// <param name="Note">Reason or remark; its name for people where the model is a user's own.</param>
internal sealed record DiagramParameter(string Value, string Unit, string Kind, string Source, string Note);
