package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.document.Problem;
import dev.agentflags.document.Problem.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found in all documents.
 *
 * @param documents in the order in which they were named
 */
record LintReport(List<Findings> documents) {

    LintReport {
        documents = List.copyOf(documents);
    }

    /** Whether nothing is wrong with any of them. */
    boolean isClean(boolean failOnExpired) {
        return documents.stream()
                .allMatch(document -> document.problems().isEmpty()
                        && (!failOnExpired || document.expired().isEmpty()));
    }

    /** Prints a line for each problem, as compilers do, and one line for each document that has none. */
    void print(PrintWriter out, Paint paint) {
        for (Findings document : documents) {
            String name = Printable.of(document.name());
            document.problems().forEach(problem -> out.println(line(name, problem, severity(problem), paint)));
            document.expired().forEach(problem -> out.println(line(name, problem, "notice", paint)));
            if (document.problems().isEmpty()) {
                out.println(name + ": " + paint.apply(Tone.GOOD, "ok") + ", " + count(document.flags(), "flag"));
            }
        }
        if (count(Severity.ERROR) + count(Severity.WARNING) > 0) {
            out.println(count(count(Severity.ERROR), "error") + ", " + count(count(Severity.WARNING), "warning"));
        }
    }

    private static String line(String name, Problem problem, String severity, Paint paint) {
        String place = problem.line() > 0 ? ":" + problem.line() + ":" + problem.column() : "";
        String pointer = problem.pointer().isEmpty() ? "" : problem.pointer() + ": ";
        return name + place + ": " + paint.apply(tone(severity), severity + ":") + " "
                + Printable.of(pointer + problem.message());
    }

    private static String severity(Problem problem) {
        return switch (problem.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }

    private static Tone tone(String severity) {
        return switch (severity) {
            case "error" -> Tone.BAD;
            case "warning" -> Tone.DOUBTFUL;
            default -> Tone.NOTABLE;
        };
    }

    private long count(Severity severity) {
        return documents.stream()
                .flatMap(document -> document.problems().stream())
                .filter(problem -> problem.severity() == severity)
                .count();
    }

    private static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Returns the problems as JSON. */
    JsonObject json() {
        List<JsonObject> problems = new ArrayList<>();
        for (Findings document : documents) {
            document.problems().forEach(problem -> problems.add(json(document, problem, severity(problem))));
            document.expired().forEach(problem -> problems.add(json(document, problem, "notice")));
        }
        return new JsonObject()
                .put("errors", (Long) count(Severity.ERROR))
                .put("warnings", (Long) count(Severity.WARNING))
                .put("problems", problems);
    }

    private static JsonObject json(Findings document, Problem problem, String severity) {
        return new JsonObject()
                .put("file", document.name())
                .put("line", (Long) (long) problem.line())
                .put("column", (Long) (long) problem.column())
                .put("severity", severity)
                .put("pointer", problem.pointer())
                .put("flag", problem.flag())
                .put("message", problem.message());
    }
}
