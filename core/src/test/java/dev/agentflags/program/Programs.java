package dev.agentflags.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The programs that are installed: those on the path, and those that Debian has for the super-user. */
public final class Programs implements ExecutionCondition {

    /**
     * Returns where a program is.
     *
     * @throws AssertionError if it is not installed, which the tests {@linkplain WithPrograms that need it} are skipped for
     */
    public static Path path(String name) {
        return find(name).orElseThrow(() -> new AssertionError(name + " is not installed"));
    }

    private static Optional<Path> find(String name) {
        Stream<String> path = Arrays.stream(System.getenv("PATH").split(File.pathSeparator));
        return Stream.concat(path, Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = AnnotationSupport.findAnnotation(context.getElement(), WithPrograms.class).stream()
                .flatMap(needs -> Arrays.stream(needs.value()))
                .filter(name -> find(name).isEmpty())
                .toList();
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("everything that it needs is installed")
                : ConditionEvaluationResult.disabled("not installed: " + String.join(", ", missing));
    }
}
