package dev.agentflags.cli;

/** How the log of a server looks, on standard error. Commands that end at once only warn, and need no times. */
final class ServerLog {

    private static final String SIMPLE = "org.slf4j.simpleLogger.";

    private ServerLog() {}

    /** Chooses it where the arguments ask for a server. Only before anything has logged. */
    static void chooseIfServing(String[] args) {
        if (args.length > 0 && args[0].equals("serve")) {
            set("log.dev.agentflags", "info");
            set("showDateTime", "true");
            set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        }
    }

    private static void set(String name, String value) {
        if (System.getProperty(SIMPLE + name) == null) {
            System.setProperty(SIMPLE + name, value);
        }
    }
}
