package dev.agentflags.cli;

import dev.agentflags.cli.Paint.Tone;
import dev.agentflags.cli.Table.Cell;
import dev.agentflags.cli.Table.Column;
import dev.agentflags.evaluation.Evaluator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Flags evaluated for many users, one after the other, and counted.
 *
 * @param keys of flags that are in the document
 */
record Poll(Session session, Loaded document, Collection<String> keys) {

    private static final String STANDARD_INPUT = "-";

    /** How often the progress is told of; a power of two. */
    private static final long USERS_PER_REPORT = 4096;

    private static final int BAR = 20;

    /**
     * Prints how many users get what, and returns the exit status.
     *
     * @param file of users, a line each; {@code -} for standard input
     * @param defaults what holds of users whose line does not say otherwise
     */
    int print(String file, Person defaults, boolean json) throws CommandException {
        Evaluator evaluator = document.evaluator();
        List<Tally> tallies =
                keys.stream().map(key -> new Tally(key, evaluator)).toList();
        long users = count(file, new PersonReader(defaults), tallies);
        if (json) {
            session.out().println(json(users, tallies));
        } else {
            session.out().println(String.format(Locale.ROOT, "%,d %s", users, users == 1 ? "user" : "users"));
            if (users > 0) {
                session.out().println();
                table(users, tallies).print(session.out(), session.screen());
            }
        }
        boolean failed = tallies.stream()
                .flatMap(tally -> tally.rows().stream())
                .anyMatch(row -> row.answer().isError());
        return failed ? Exit.PROBLEMS : Exit.DONE;
    }

    private long count(String file, PersonReader reader, List<Tally> tallies) throws CommandException {
        if (file.equals(STANDARD_INPUT)) {
            return count("standard input", session.in(), Progress.UNKNOWN, reader, tallies);
        }
        Path path = Path.of(file);
        FlagsOption.requireFile(path, "--users takes a file with a user on each line, or -");
        try (InputStream in = Files.newInputStream(path)) {
            return count(file, in, Files.size(path), reader, tallies);
        } catch (IOException e) {
            throw new CommandException(Exit.UNAVAILABLE, file + " cannot be read: " + e.getMessage(), null);
        }
    }

    private long count(String name, InputStream in, long size, PersonReader reader, List<Tally> tallies)
            throws CommandException {
        var lines = new Lines(in);
        try (var progress =
                new Progress(session.err(), session.screen().interactive(), size, "users", System::nanoTime)) {
            long users = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    Person person = reader.read(line);
                    tallies.forEach(tally -> tally.add(person));
                    users++;
                    if (users % USERS_PER_REPORT == 0) {
                        progress.at(users, lines.bytes());
                    }
                }
            }
            return users;
        } catch (IllegalArgumentException e) {
            throw new CommandException(Exit.PROBLEMS, name + ":" + lines.number() + ": " + e.getMessage(), null);
        } catch (CharacterCodingException e) {
            throw new CommandException(Exit.PROBLEMS, name + ":" + lines.number() + ": expected UTF-8", null);
        } catch (IOException e) {
            String where = name + ":" + (lines.number() + 1);
            throw new CommandException(Exit.UNAVAILABLE, where + ": cannot be read: " + e.getMessage(), null);
        }
    }

    private static Table table(long users, List<Tally> tallies) {
        var table = new Table(List.of(
                Column.text("FLAG"),
                Column.text("VARIANT"),
                Column.text("REASON"),
                Column.number("USERS"),
                Column.number("SHARE"),
                Column.text("")));
        for (Tally tally : tallies) {
            String key = tally.key();
            for (Tally.Row row : tally.rows()) {
                table.row(List.of(
                        Cell.of(key),
                        row.answer().variantCell(),
                        row.answer().reasonCell(),
                        Cell.of(String.format(Locale.ROOT, "%,d", row.subjects())),
                        Cell.of(Percent.share(row.subjects(), users)),
                        new Cell(bar(row.subjects(), users), Tone.NOTABLE)));
                key = "";
            }
        }
        return table;
    }

    private static String bar(long part, long whole) {
        return "█".repeat((int) Math.round((double) BAR * part / whole));
    }

    private JsonObject json(long users, List<Tally> tallies) {
        var flags = new JsonObject();
        for (Tally tally : tallies) {
            List<JsonObject> rows = new ArrayList<>();
            for (Tally.Row row : tally.rows()) {
                JsonObject object = new JsonObject()
                        .put("variant", row.answer().variant())
                        .put("reason", row.answer().reason());
                if (row.answer().isError()) {
                    object.put("error", row.answer().error());
                }
                rows.add(object.put("users", row.subjects()).put("share", (double) row.subjects() / users));
            }
            flags.put(tally.key(), rows);
        }
        return new JsonObject()
                .put("users", (Long) users)
                .put("serial", document.serial())
                .put("flags", flags);
    }
}
