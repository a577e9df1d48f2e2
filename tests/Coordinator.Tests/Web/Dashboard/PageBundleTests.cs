using System.Text.RegularExpressions;
using FashionSweep.Coordinator.Web.Dashboard;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>Modules of the page as one script.</summary>
public sealed class PageBundleTests
{
    [Fact]
    public void EachModuleIsThereOnceAfterThoseThatItNeeds()
    {
        var script = PageBundle.Script("report.js");

        Regex.Count(script, "^function makeTable|makeTable =", RegexOptions.Multiline).ShouldBe(1);
        foreach (Match use in Regex.Matches(script, @"^const \{[^}]*\} = module(\d+);", RegexOptions.Multiline))
            script.IndexOf($"const module{use.Groups[1].Value} = ", StringComparison.Ordinal).ShouldBeInRange(0, use.Index);
    }

    [Fact]
    public void NothingOfModulesIsLeft() => Regex.IsMatch(PageBundle.Script("report.js"), "^(import|export) ", RegexOptions.Multiline).ShouldBeFalse();

    [Fact]
    public void StylesStandOneBehindTheOther()
    {
        var style = PageBundle.Style("base.css", "report.css");

        style.ShouldStartWith(PageBundle.Style("base.css"));
        style.ShouldEndWith(PageBundle.Style("report.css"));
    }
}
