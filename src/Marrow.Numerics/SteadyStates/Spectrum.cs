using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Marrow.Numerics.SteadyStates;

/// <summary>Eigenvalues of a matrix by those of its blocks: states that do not act on one another in a circle do not share any.</summary>
internal static class Spectrum
{
    /// <summary>The eigenvalues, by falling real part.</summary>
    /// <param name="matrix">Row-major, finite.</param>
    /// <param name="size">Rows.</param>
    /// <param name="largest">Size of the largest block that is worth the time, which grows with its third power.</param>
    /// <returns>Null if a block is larger.</returns>
    public static Complex[]? Of(double[] matrix, int size, int largest)
    {
        var blocks = Blocks(matrix, size);
        return blocks.Exists(b => b.Count > largest) ? null
            : [.. blocks.SelectMany(block => OfBlock(matrix, size, block)).OrderByDescending(e => e.Real).ThenByDescending(e => e.Imaginary)];
    }

    private static Complex[] OfBlock(double[] matrix, int size, List<int> block) => block.Count == 1
        ? [matrix[(block[0] * size) + block[0]]]
        : [.. Matrix<double>.Build.Dense(block.Count, block.Count, (i, j) => matrix[(block[i] * size) + block[j]]).Evd().EigenValues];

    /// <summary>Strongly connected components (Tarjan 1972, doi:10.1137/0201010), without recursion.</summary>
    private static List<List<int>> Blocks(double[] matrix, int size)
    {
        int[][] next = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Where(j => j != i && matrix[(i * size) + j] != 0).ToArray())];
        int[] number = new int[size], low = new int[size], place = new int[size];
        var isOpen = new bool[size];
        var blocks = new List<List<int>>();
        Stack<int> path = [], open = [];
        var count = 0;
        for (var root = 0; root < size; root++)
        {
            if (number[root] > 0) continue;
            Enter(root);
            while (path.TryPeek(out var i))
            {
                if (place[i] < next[i].Length)
                {
                    var j = next[i][place[i]++];
                    if (number[j] == 0) Enter(j);
                    else if (isOpen[j]) low[i] = Math.Min(low[i], number[j]);
                    continue;
                }
                path.Pop();
                if (path.TryPeek(out var before)) low[before] = Math.Min(low[before], low[i]);
                if (low[i] == number[i]) Close(i);
            }
        }
        return blocks;

        void Enter(int i)
        {
            number[i] = low[i] = ++count;
            isOpen[i] = true;
            path.Push(i);
            open.Push(i);
        }

        void Close(int i)
        {
            var block = new List<int>();
            int member;
            do
            {
                member = open.Pop();
                isOpen[member] = false;
                block.Add(member);
            }
            while (member != i);
            blocks.Add(block);
        }
    }
}
