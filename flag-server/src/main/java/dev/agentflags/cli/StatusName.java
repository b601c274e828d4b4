package dev.agentflags.cli;

import dev.agentflags.model.Status;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A status as documents name it.
 *
 * @param name in lower case
 */
record StatusName(String name) {

    private static final List<String> ALL = Arrays.stream(Status.values())
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .toList();

    /** Reads a status from the command line. */
    static final class Converter implements ITypeConverter<StatusName> {

        @Override
        public StatusName convert(String text) {
            if (ALL.contains(text)) {
                return new StatusName(text);
            }
            throw new TypeConversionException("expected one of " + String.join(", ", ALL) + ", found " + text);
        }
    }

    /** What a shell may complete. */
    static final class Candidates implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }
}
