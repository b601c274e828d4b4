package dev.agentflags.benchmarks.peers.report;

import java.util.Locale;

/** A drawing that is readable on a light ground and on a dark one, put together piece by piece. Not safe for use by many threads. */
final class Svg {

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
              .title { font-size: 16px; font-weight: 600; }
              .small { font-size: 12px; fill: #59636e; }
              .ours { fill: #0969da; } .other { fill: #8c959f; } .base { fill: #d0b36b; }
              .axis { stroke: #8c959f; stroke-width: 1; } .grid { stroke: #d1d9e0; stroke-width: 1; }
              .break { stroke: #ffffff; stroke-width: 3; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .small { fill: #9198a1; }
                .ours { fill: #4493f8; } .other { fill: #6e7681; } .base { fill: #9e8642; }
                .axis { stroke: #6e7681; } .grid { stroke: #3d444d; }
                .break { stroke: #0d1117; }
              }
            </style>
            """;

    private final StringBuilder pieces = new StringBuilder();
    private final int width;
    private final String title;

    /** Begins a drawing of this width; {@code title} is what is read out in its place. */
    Svg(int width, String title) {
        this.width = width;
        this.title = title;
    }

    void text(String style, double x, double y, String anchor, String text) {
        add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                style, x, y, anchor, escaped(text));
    }

    void box(String style, double x, double y, double wide, double high) {
        add("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", style, x, y, wide, high);
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    private void add(String format, Object... arguments) {
        pieces.append("  ")
                .append(String.format(Locale.ROOT, format, arguments))
                .append('\n');
    }

    /** Returns the drawing, of this height. */
    String of(double height) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\" role=\"img\">%n",
                        width,
                        height,
                        width,
                        height)
                + "  <title>" + escaped(title) + "</title>\n" + STYLE.indent(2) + pieces + "</svg>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
