package dev.agentflags.remote;

import dev.agentflags.admin.Operation;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the admin API has it. Immutable.
 *
 * @param path of the request, encoded
 * @param body in JSON
 */
record AdminRequest(String method, String path, String body) {

    private static final String ALL = "*";

    static AdminRequest of(Operation operation, String actor) {
        if (operation instanceof Operation.Kill || operation instanceof Operation.KillAll) {
            return post("kill-switches", operation, "activate", actor);
        }
        if (operation instanceof Operation.Revive || operation instanceof Operation.ReviveAll) {
            return post("kill-switches", operation, "deactivate", actor);
        }
        if (operation instanceof Operation.Advance) {
            return post("rollouts", operation, "advance", actor);
        }
        if (operation instanceof Operation.Pause) {
            return post("rollouts", operation, "pause", actor);
        }
        if (operation instanceof Operation.RollBack) {
            return post("rollouts", operation, "roll-back", actor);
        }
        if (operation instanceof Operation.Put put) {
            return new AdminRequest("PUT", path("flags", put), body(put, put.flag(), actor));
        }
        if (operation instanceof Operation.Remove) {
            return new AdminRequest("DELETE", path("flags", operation), body(operation, null, actor));
        }
        throw new AssertionError("not a kind of operation: " + operation);
    }

    private static AdminRequest post(String collection, Operation operation, String what, String actor) {
        return new AdminRequest("POST", path(collection, operation) + "/" + what, body(operation, null, actor));
    }

    private static String path(String collection, Operation operation) {
        String key = operation.key() == null ? ALL : operation.key();
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        return "/admin/v1/" + collection + "/" + encoded;
    }

    private static String body(Operation operation, @Nullable FlagValue flag, String actor) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        if (flag != null) {
            fields.put("flag", flag);
        }
        fields.put("reason", new Text(operation.reason()));
        fields.put("actor", new Text(actor));
        return JsonText.write(new Structure(fields));
    }
}
