package dev.agentflags.document;

import com.fasterxml.jackson.core.StreamReadConstraints;
import java.util.regex.Pattern;

/** How much a document may ask for. Beyond it, it is refused. */
final class Limits {

    static final int MAX_BYTES = 8 * 1024 * 1024;
    static final int MAX_DEPTH = 64;
    static final int MAX_STRING = 64 * 1024;
    static final int MAX_NUMBER = 64;
    static final int MAX_NAME = 256;

    /** How many conditions one condition may come to, with the segments that it refers to written out. */
    static final int MAX_CONDITIONS = 10_000;

    /** How many conditions the rules of all flags together may come to, with segments written out. */
    static final int MAX_CONDITIONS_OF_ALL = 10_000_000;

    /** How many flags one flag may require, or segments one segment refer to, directly and through others. */
    static final int MAX_REFERENCES = 100;

    /** How many errors, and how many warnings, of one document are reported. */
    static final int MAX_PROBLEMS = 1_000;

    /** Of flags, segments and seeds. Without a colon, so that no two flags share their buckets. */
    static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxDocumentLength(MAX_BYTES)
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(MAX_STRING)
            .maxNumberLength(MAX_NUMBER)
            .maxNameLength(MAX_NAME)
            .build();

    private Limits() {}
}
