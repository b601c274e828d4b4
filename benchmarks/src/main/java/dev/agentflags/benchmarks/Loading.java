package dev.agentflags.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentflags.document.DocumentException;
import dev.agentflags.document.DocumentReader;
import dev.agentflags.evaluation.Evaluator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A document of ten thousand flags: bytes to evaluator, beside Jackson's bytes to tree. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {Started.ROOM, Started.LIMIT, Started.TOUCHED})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class Loading {

    private static final int FLAGS = 10_000;

    private final byte[] document = Documents.of(FLAGS).getBytes(StandardCharsets.UTF_8);
    private final ObjectMapper jackson = new ObjectMapper();

    /** Makes the state. */
    public Loading() {}

    @Benchmark
    public JsonNode load_jackson_tree() throws IOException {
        return jackson.readTree(document);
    }

    @Benchmark
    public Evaluator load_ours() throws DocumentException {
        return Evaluator.compile(DocumentReader.read(document).ruleset());
    }
}
