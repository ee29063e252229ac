using Marrow.Networks.Antimony;
using Marrow.Networks.Diagnostics;
using Marrow.Tests.House;

namespace Marrow.Tests.Antimony;

public class AntimonyFormatterTests
{
    private static string Good(string text)
    {
        var bag = new DiagnosticBag();
        var formatted = AntimonyFormatter.Format(text, "model.ant", bag);
        Assert.False(bag.HasErrors, string.Join('\n', bag.Items));
        return formatted!;
    }

    [Fact]
    public void Statements_are_indented_and_spaced_and_comments_stay()
    {
        const string messy = """


            # a comment
            function  hill( x,k )
            x/( k+x )   // saturation
              end
            model*m ( )
            species A=1 ,$B =2 ;k=-1e-3
              /* several
                   lines */


              J0 :A->2B;k * A*hill( A ,-B )
            I-|J0
            G -( J0
            H -o J0
            E:at 2 after(A>5) ,priority=1,
            t0=false:k=A-(B+1),B=-A
            x:=A -B ; y' = x
                 a := A + \
              B
            model notes ```kept
              as it is```
            end
            """;

        Assert.Equal("""
            # a comment
            function hill(x, k)
              x/(k + x)  // saturation
            end
            model *m ()
              species A = 1, $B = 2; k = -1e-3
              /* several
                   lines */

              J0: A -> 2 B; k * A*hill(A, -B)
              I -| J0
              G -( J0
              H -o J0
              E: at 2 after (A > 5), priority = 1,
                  t0 = false: k = A - (B + 1), B = -A
              x := A - B; y' = x
              a := A + \
                  B
              model notes ```kept
              as it is```
            end

            """.Replace("m ()", "m()", StringComparison.Ordinal), Good(messy));
    }

    [Fact]
    public void Every_model_of_the_house_keeps_its_words_and_a_second_time_changes_nothing()
    {
        foreach (var path in Repository.Files("models", "*.ant"))
        {
            var text = File.ReadAllText(path);
            var once = Good(text);
            Assert.Equal(once, Good(once));
            Assert.Equal(Words(text), Words(once));
        }
    }

    [Fact]
    public void What_has_errors_is_not_formatted()
    {
        var bag = new DiagnosticBag();

        Assert.Null(AntimonyFormatter.Format("J: A -> B; k*", "model.ant", bag));
        Assert.Equal("MRW1001", Assert.Single(bag.Items).Code);
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
