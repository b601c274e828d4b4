package dev.agentflags.demo;

import dev.agentflags.document.DocumentException;
import dev.agentflags.document.JsonText;
import dev.agentflags.model.FlagValue;

/** The flag as it is at first, with the defective prompt, and as it is mended, with the sound one. */
final class Prompts {

    private Prompts() {}

    /** Returns the document that the story begins with: 1 % of users, people advance, and the guard only stops. */
    static String document() {
        return """
                {
                  "version": 1,
                  "flags": {
                    "%s": {
                      "status": "percentage",
                      "percentage": 1,
                      "variants": { "on": %s, "off": %s },
                      "rollout": { "stages": [1, 25, 100] },
                      "guard": { "advance": "manual" }
                    }
                  }
                }
                """.formatted(SimulatedAgent.FLAG, json(Model.DEFECTIVE), json(SimulatedAgent.BASE.systemPrompt()));
    }

    /** Returns the mended flag, killed as it is: the guard takes it through all stages, at a pace for people who watch. */
    static FlagValue mended() throws DocumentException {
        return JsonText.read("""
                {
                  "status": "percentage",
                  "percentage": 1,
                  "kill_switch": true,
                  "variants": { "on": %s, "off": %s },
                  "rollout": { "stages": [1, 5, 25, 50, 100], "min_duration": "PT1S", "min_units": 30 },
                  "guard": { "harm_budget": 3 }
                }
                """.formatted(json(Model.SOUND), json(SimulatedAgent.BASE.systemPrompt())));
    }

    private static String json(String text) {
        return JsonText.write(new FlagValue.Text(text));
    }
}
