using Marrow.Numerics.Jumps;
using Marrow.Numerics.Vectors;
using Marrow.Trials.Clinical;

namespace Marrow.Trials.Onset;

/// <summary>What becomes of a malignant cell that arises at some age of a life: Kendall's law of birth and death in the environment of that life, from the
/// cell until its descendants, if there are any, are as many as at diagnosis.</summary>
internal sealed class CloneFate
{
    private const double DaysPerStep = Calendar.DaysPerYear / Life.StepsPerYear;

    /// <summary>Beyond this J the chance of survival is not worth following.</summary>
    private const double Hopeless = 1e12;

    private readonly double[] _rho;
    private readonly double[] _j;
    private readonly double[] _growth;
    private readonly double _cells;

    /// <summary>Prepares the steps of a life.</summary>
    /// <param name="subtype">Subtype.</param>
    /// <param name="life">Life.</param>
    /// <param name="deviate">Standard normal deviate of the clone's visibility to T cells.</param>
    /// <param name="deathFactor">Factor of death without immune attack.</param>
    public CloneFate(OnsetSubtype subtype, Life life, double deviate, double deathFactor)
    {
        _cells = subtype.Cells;
        (_rho, _j, _growth) = (new double[life.Steps], new double[life.Steps], new double[life.Steps]);
        var kill = subtype.TKill * VectorMath.Exp(subtype.TKillLogSd * deviate);
        for (var i = 0; i < life.Steps; i++)
        {
            var step = BirthDeathLaw.Constant(subtype.Birth, (subtype.Death * deathFactor) + (kill * life.T[i]) + (subtype.NkKill * life.Nk[i]), DaysPerStep);
            (_rho[i], _j[i], _growth[i]) = (step.Rho, step.J, VectorMath.Exp(step.Rho));
        }
    }

    /// <summary>Probability that the descendants of a cell which arises at the beginning of a step reach the size at diagnosis, and the step in which their
    /// mean size, given that there are any, does so; null if that is not within the life.</summary>
    public (double Probability, int Step)? From(int start)
    {
        double rho = 0, j = 0, factor = 1;
        for (var i = start; i < _rho.Length; i++)
        {
            j += factor * _j[i];
            rho += _rho[i];
            factor *= _growth[i];
            if (j > Hopeless) return null;
            // Mean given survival: e^-rho (1 + J).
            if ((1 + j) >= _cells * factor) return (1 / (1 + j), i);
        }

        return null;
    }
}
