package dev.agentflags.server.access;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Sequence;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import dev.agentflags.model.FlagValue.Whole;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All tokens of a file. Immutable. */
public final class Tokens {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> FIELDS = Set.of("id", "name", "sha256", "scopes", "flags", "created", "expires");

    private final Map<String, Token> byId;

    private Tokens(Map<String, Token> byId) {
        this.byId = byId;
    }

    /** Returns these tokens, of which no two have one id. */
    static Tokens of(List<Token> tokens) {
        Map<String, Token> byId = new LinkedHashMap<>();
        tokens.forEach(token -> byId.put(token.id(), token));
        return new Tokens(byId);
    }

    /** Returns all tokens, oldest first. */
    public List<Token> all() {
        return List.copyOf(byId.values());
    }

    /** Returns the token that somebody has sent, or null if there is none or it has ended. */
    @Nullable
    Token find(String sent, Instant now) {
        String id = Token.idOf(sent);
        Token token = id == null ? null : byId.get(id);
        return token != null && token.matches(sent) && !token.isExpired(now) ? token : null;
    }

    /** Returns the token that a ticket is of, or null if there is none or it has ended. */
    @Nullable
    Token find(Ticket ticket, Instant now) {
        Token token = counting(ticket.tokenId(), now);
        return token != null && ticket.isOf(token) ? token : null;
    }

    /** Returns the token of this id, or null if there is none or it has ended. */
    @Nullable
    Token counting(String id, Instant now) {
        Token token = byId.get(id);
        return token == null || token.isExpired(now) ? null : token;
    }

    /** Returns the tokens as JSON, a line each. */
    String toJson() {
        List<String> lines = byId.values().stream()
                .map(token -> "    " + JsonText.write(new Structure(fields(token))))
                .toList();
        return lines.isEmpty()
                ? "{\n  \"version\": 1,\n  \"tokens\": []\n}\n"
                : "{\n  \"version\": 1,\n  \"tokens\": [\n" + String.join(",\n", lines) + "\n  ]\n}\n";
    }

    private static Map<String, FlagValue> fields(Token token) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("id", new Text(token.id()));
        fields.put("name", new Text(token.name()));
        fields.put("sha256", new Text(token.sha256()));
        fields.put("scopes", texts(token.scopes().stream().map(Scope::toString).toList()));
        if (token.flags() != null) {
            fields.put("flags", texts(token.flags()));
        }
        fields.put("created", new Text(token.created().toString()));
        if (token.expires() != null) {
            fields.put("expires", new Text(token.expires().toString()));
        }
        return fields;
    }

    private static Sequence texts(Iterable<String> words) {
        List<FlagValue> texts = new ArrayList<>();
        words.forEach(word -> texts.add(new Text(word)));
        texts.sort(Comparator.comparing(text -> ((Text) text).value()));
        return new Sequence(texts);
    }

    /**
     * Reads tokens.
     *
     * @throws IllegalArgumentException if it is not what {@link #toJson()} writes; the message says where, and has no hash in it
     */
    static Tokens fromJson(String json) {
        FlagValue root;
        try {
            root = JsonText.read(json);
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        Map<String, FlagValue> fields = root instanceof Structure structure ? structure.fields() : Map.of();
        if (!new Whole(1).equals(fields.get("version")) || !(fields.get("tokens") instanceof Sequence tokens)) {
            throw new IllegalArgumentException("expected {\"version\": 1, \"tokens\": […]}, found something else");
        }
        Map<String, Token> byId = new LinkedHashMap<>();
        for (int i = 0; i < tokens.items().size(); i++) {
            Token token = token("/tokens/" + i, tokens.items().get(i));
            if (byId.put(token.id(), token) != null) {
                throw new IllegalArgumentException("/tokens/" + i + "/id: expected an id once, found it twice");
            }
        }
        return new Tokens(byId);
    }

    private static Token token(String place, FlagValue value) {
        if (!(value instanceof Structure structure)) {
            throw new IllegalArgumentException(place + ": expected an object");
        }
        Map<String, FlagValue> fields = structure.fields();
        for (String name : fields.keySet()) {
            if (!FIELDS.contains(name)) { // a misspelt "expires" or "flags" would make a token mightier than was meant
                throw new IllegalArgumentException(place + ": expected one of " + FIELDS + ", found \"" + name + "\"");
            }
        }
        return new Token(
                matching(place, fields, "id", ID),
                text(place, fields, "name"),
                matching(place, fields, "sha256", SHA256),
                scopes(place, fields),
                fields.containsKey("flags") ? words(place, fields, "flags") : null,
                time(place, fields, "created"),
                fields.containsKey("expires") ? time(place, fields, "expires") : null);
    }

    private static String text(String place, Map<String, FlagValue> fields, String name) {
        if (fields.get(name) instanceof Text text && !text.value().isBlank()) {
            return text.value();
        }
        throw new IllegalArgumentException(place + "/" + name + ": expected a string that is not empty");
    }

    private static String matching(String place, Map<String, FlagValue> fields, String name, Pattern pattern) {
        String text = text(place, fields, name);
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(place + "/" + name + ": expected " + pattern);
        }
        return text;
    }

    private static Set<Scope> scopes(String place, Map<String, FlagValue> fields) {
        Set<Scope> scopes = new LinkedHashSet<>();
        for (String word : words(place, fields, "scopes")) {
            Scope scope = Scope.named(word);
            if (scope == null) {
                throw new IllegalArgumentException(
                        place + "/scopes: expected one of " + Scope.names() + ", found \"" + word + "\"");
            }
            scopes.add(scope);
        }
        return scopes;
    }

    private static Set<String> words(String place, Map<String, FlagValue> fields, String name) {
        Set<String> words = new LinkedHashSet<>();
        List<FlagValue> items = fields.get(name) instanceof Sequence list ? list.items() : List.of();
        for (FlagValue item : items) {
            if (!(item instanceof Text text)) {
                throw new IllegalArgumentException(place + "/" + name + ": expected a list of strings");
            }
            words.add(text.value());
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException(place + "/" + name + ": expected a list that is not empty");
        }
        return words;
    }

    private static Instant time(String place, Map<String, FlagValue> fields, String name) {
        try {
            return Instant.parse(text(place, fields, name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    place + "/" + name + ": expected a time such as 2027-01-31T12:00:00Z", e);
        }
    }
}
