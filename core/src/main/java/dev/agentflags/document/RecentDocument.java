package dev.agentflags.document;

import org.jspecify.annotations.Nullable;

/**
 * Reads documents, and has the last one at hand: the same text is read where it is changed, where it is served, and where the next
 * change begins. Safe for use by many threads.
 */
public final class RecentDocument {

    private volatile @Nullable Last last;

    private record Last(String text, ParsedDocument document) {}

    /** Makes one that has read nothing yet. */
    public RecentDocument() {}

    /**
     * Reads a document, as {@link DocumentReader#read(byte[])} does.
     *
     * @throws DocumentException if it is refused as a whole
     */
    public ParsedDocument read(byte[] utf8) throws DocumentException {
        return read(Json.decode(utf8));
    }

    /**
     * Reads a document, as {@link DocumentReader#read(String)} does.
     *
     * @throws DocumentException if it is refused as a whole
     */
    public ParsedDocument read(String text) throws DocumentException {
        Last known = last;
        if (known != null && known.text().equals(text)) {
            return known.document();
        }
        ParsedDocument document = DocumentReader.read(text);
        last = new Last(text, document);
        return document;
    }
}
