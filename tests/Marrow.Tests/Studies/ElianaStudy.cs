using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;
using Marrow.Trials.Studies;

namespace Marrow.Tests.Studies;

/// <summary>studies/eliana.yaml, read and compiled once for all tests.</summary>
public sealed class ElianaStudy
{
    public ElianaStudy()
    {
        var bag = new DiagnosticBag();
        Study = StudyLoader.Load(Repository.PathOf("studies/eliana.yaml"), bag) ?? throw new InputException(bag.Items);
        Prepared = PreparedStudy.Prepare(Study);
    }

    public Study Study { get; }

    internal PreparedStudy Prepared { get; }
}

[CollectionDefinition(Name)]
public sealed class ElianaGroup : ICollectionFixture<ElianaStudy>
{
    public const string Name = "eliana";
}
