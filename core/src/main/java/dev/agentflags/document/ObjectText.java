package dev.agentflags.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it is written, with the white space between its members. What is added is written as its neighbours are. Not
 * safe for use by many threads.
 */
final class ObjectText {

    private static final String INDENT = "  ";

    private final List<Member> members = new ArrayList<>();

    /** What the members of the object that this one is in begin with, or null where they are on one line. */
    private final @Nullable String outerBreak;

    /**
     * One member, from the brace or comma before it to the comma or brace after it.
     *
     * @param lead the white space before the name
     * @param name as it is meant
     * @param key the name as it is written, the colon, and the white space around that
     * @param value as it is written
     * @param trail the white space after the value
     */
    private record Member(String lead, String name, String key, String value, String trail) {

        Member withValue(String other) {
            return new Member(lead, name, key, other, trail);
        }

        Member between(String otherLead, String otherTrail) {
            return new Member(otherLead, name, key, value, otherTrail);
        }
    }

    /** The white space in an object that has no members. */
    private String blank = "";

    private ObjectText(@Nullable String outerBreak) {
        this.outerBreak = outerBreak;
    }

    /**
     * Takes an object apart.
     *
     * @param text one sound JSON object, and nothing around it
     * @param outerBreak the line break and indentation before the members of the object that it is in, or null where they are on
     *     one line
     */
    static ObjectText of(String text, @Nullable String outerBreak) {
        var object = new ObjectText(outerBreak);
        try (JsonParser parser = Json.trusted(text)) {
            parser.nextToken();
            int at = 1;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                int name = (int) parser.currentTokenLocation().getCharOffset();
                parser.nextToken();
                int value = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                int next = afterSpace(text, end);
                object.members.add(new Member(
                        text.substring(at, name),
                        parser.currentName(),
                        text.substring(name, value),
                        text.substring(value, end),
                        text.substring(end, next)));
                at = next + 1;
            }
            object.blank = object.members.isEmpty() ? text.substring(1, text.length() - 1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("reading an object for the second time", e);
        }
        return object;
    }

    private static int afterSpace(String text, int from) {
        int at = from;
        while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    boolean has(String name) {
        return index(name) >= 0;
    }

    /** Returns a member's value as it is written, or null if there is no such member. */
    @Nullable
    String get(String name) {
        int index = index(name);
        return index < 0 ? null : members.get(index).value();
    }

    private int index(String name) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Replaces a member's value where it stands, or adds it as the last member. */
    void set(String name, JsonNode value) {
        setText(name, written(value));
    }

    /** Replaces a member's value where it stands, or adds it as the last member, written so. */
    void setText(String name, String value) {
        int index = index(name);
        if (index >= 0) {
            members.set(index, members.get(index).withValue(value));
        } else {
            add(members.size(), name, value);
        }
    }

    /** Replaces a member's value where it stands, or adds it before another member. */
    void setBefore(String other, String name, JsonNode value) {
        if (has(name)) {
            set(name, value);
        } else {
            add(index(other), name, written(value));
        }
    }

    private void add(int index, String name, String value) {
        String key = TextNode.valueOf(name) + (isCompact() ? ":" : ": ");
        String notFirst = leadAfterOthers();
        if (members.isEmpty()) {
            String first = lineBreak();
            members.add(new Member(first == null ? "" : first, name, key, value, outerBreak == null ? "" : outerBreak));
        } else if (index == members.size()) {
            Member before = members.get(index - 1);
            members.set(index - 1, before.between(before.lead(), ""));
            members.add(new Member(notFirst, name, key, value, before.trail()));
        } else {
            Member after = members.get(index);
            members.set(index, after.between(notFirst, after.trail()));
            members.add(index, new Member(after.lead(), name, key, value, ""));
        }
    }

    /** Removes a member, if it is there. */
    void remove(String name) {
        int index = index(name);
        if (index < 0) {
            return;
        }
        Member removed = members.remove(index);
        if (index == 0 && !members.isEmpty()) {
            members.set(0, members.get(0).between(removed.lead(), members.get(0).trail()));
        } else if (index == members.size() && index > 0) {
            Member last = members.get(index - 1);
            members.set(index - 1, last.between(last.lead(), removed.trail()));
        }
    }

    /** Returns the line break and indentation before each member, or null where they are on one line. */
    @Nullable
    String lineBreak() {
        if (members.isEmpty()) {
            return outerBreak == null ? null : outerBreak + INDENT;
        }
        String lead = members.get(members.size() - 1).lead();
        int lineFeed = lead.lastIndexOf('\n');
        int start = lineFeed > 0 && lead.charAt(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
        return lineFeed < 0 ? null : lead.substring(start);
    }

    private String leadAfterOthers() {
        String lineBreak = lineBreak();
        if (lineBreak != null) {
            return lineBreak;
        }
        return members.size() > 1 ? members.get(1).lead() : isCompact() ? "" : " ";
    }

    /** Whether there is no white space at all, as far as can be seen. */
    private boolean isCompact() {
        return !members.isEmpty() && members.get(0).key().endsWith(":");
    }

    private String written(JsonNode value) {
        String lineBreak = lineBreak();
        if (lineBreak != null) {
            return Json.indented(value).replace("\n", lineBreak);
        }
        return isCompact() ? value.toString() : Json.onOneLine(value);
    }

    /** Returns the object as it is now. */
    String text() {
        if (members.isEmpty()) {
            return "{" + blank + "}";
        }
        return members.stream()
                .map(member -> member.lead() + member.key() + member.value() + member.trail())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
