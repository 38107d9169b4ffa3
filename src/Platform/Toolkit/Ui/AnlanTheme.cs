using MudBlazor;

namespace Anlan.Toolkit.Ui;

/// <summary>The tokens of <c>tokens.css</c> as MudBlazor's theme, so that its inputs and dialogs look like the rest.</summary>
public static class AnlanTheme
{
    private static readonly string[] Fonts =
        ["Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "system-ui", "sans-serif"];

    /// <summary>Makes the theme.</summary>
    public static MudTheme Create() => new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#173B57",
            PrimaryContrastText = "#FFFFFF",
            PrimaryDarken = "#0F2C43",
            Secondary = "#43525F",
            Tertiary = "#43525F",
            Dark = "#14212E",
            Success = "#17804A",
            Warning = "#8F5B00",
            Error = "#C92A2A",
            Info = "#2068C4",
            TextPrimary = "#14212E",
            TextSecondary = "#43525F",
            TextDisabled = "#5A6874",
            Background = "#F3F5F7",
            BackgroundGray = "#F8FAFB",
            Surface = "#FFFFFF",
            AppbarBackground = "#FFFFFF",
            AppbarText = "#14212E",
            LinesDefault = "#DFE5EA",
            LinesInputs = "#788794",
            TableLines = "#DFE5EA",
            TableHover = "#F8FAFB",
            Divider = "#DFE5EA",
            ActionDefault = "#43525F",
            ActionDisabled = "#5A6874",
            ActionDisabledBackground = "#EDF0F3",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", DrawerWidthLeft = "212px", DrawerWidthRight = "388px", AppbarHeight = "60px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.6", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Fonts, FontSize = "24px", FontWeight = "700", LineHeight = "1.3", LetterSpacing = "normal" },
            H2 = new H2Typography { FontFamily = Fonts, FontSize = "20px", FontWeight = "700", LineHeight = "1.3", LetterSpacing = "normal" },
            H3 = new H3Typography { FontFamily = Fonts, FontSize = "16px", FontWeight = "700", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.6", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.6", LetterSpacing = "normal" },
            Caption = new CaptionTypography { FontFamily = Fonts, FontSize = "13px", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "14px", FontWeight = "700", TextTransform = "none", LetterSpacing = "normal" },
        },
    };
}
