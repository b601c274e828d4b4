package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under a heading, in columns as wide as what is in them. Not safe for use by many threads. */
final class Table {

    private static final String GAP = "  ";

    /** A column that gives way is not made narrower than this. */
    private static final int NARROWEST = 12;

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** One column. */
    record Column(String title, Kind kind) {

        /** How a column is set. */
        enum Kind {
            TEXT,
            /** Set to the right. */
            NUMBER,
            /** Cut where the terminal is too narrow. */
            LONG_TEXT
        }

        static Column text(String title) {
            return new Column(title, Kind.TEXT);
        }

        static Column number(String title) {
            return new Column(title, Kind.NUMBER);
        }

        static Column longText(String title) {
            return new Column(title, Kind.LONG_TEXT);
        }
    }

    /** What stands in one row and column. */
    record Cell(String text, Tone tone) {

        /** Nothing to show. */
        static final Cell NONE = new Cell("–", Tone.FAINT);

        static final Cell EMPTY = Cell.of("");

        Cell {
            text = Printable.of(text);
        }

        static Cell of(String text) {
            return new Cell(text, Tone.NORMAL);
        }
    }

    /** Adds a row of as many cells as there are columns. */
    void row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
    }

    /** Prints the table without the columns in which no row has anything. */
    void print(PrintWriter out, Screen screen) {
        int[] shown = IntStream.range(0, columns.size())
                .filter(column ->
                        rows.stream().anyMatch(row -> !row.get(column).text().isEmpty()))
                .toArray();
        int[] widths = fitted(shown, screen.columns());
        line(
                out,
                screen.out(),
                shown,
                widths,
                columns.stream()
                        .map(column -> new Cell(column.title(), Tone.FAINT))
                        .toList());
        rows.forEach(row -> line(out, screen.out(), shown, widths, row));
    }

    private int[] fitted(int[] shown, int limit) {
        int[] widths = new int[columns.size()];
        long total = (long) GAP.length() * Math.max(0, shown.length - 1);
        for (int column : shown) {
            widths[column] = natural(column);
            total += widths[column];
        }
        while (total > limit) {
            int widest = widestThatGivesWay(shown, widths);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return widths;
    }

    private int natural(int column) {
        int title = Printable.width(columns.get(column).title());
        return rows.stream()
                .mapToInt(row -> Printable.width(row.get(column).text()))
                .reduce(title, Math::max);
    }

    private int widestThatGivesWay(int[] shown, int[] widths) {
        int widest = -1;
        for (int column : shown) {
            if (columns.get(column).kind() == Column.Kind.LONG_TEXT
                    && widths[column] > NARROWEST
                    && (widest < 0 || widths[column] > widths[widest])) {
                widest = column;
            }
        }
        return widest;
    }

    private void line(PrintWriter out, Paint paint, int[] shown, int[] widths, List<Cell> cells) {
        StringBuilder line = new StringBuilder();
        for (int column : shown) {
            Cell cell = cells.get(column);
            String text = Printable.cut(cell.text(), widths[column]);
            String space = " ".repeat(widths[column] - Printable.width(text));
            boolean right = columns.get(column).kind() == Column.Kind.NUMBER;
            line.append(right ? space : "")
                    .append(paint.apply(cell.tone(), text))
                    .append(right ? "" : space)
                    .append(GAP);
        }
        out.println(line.toString().stripTrailing());
    }
}
