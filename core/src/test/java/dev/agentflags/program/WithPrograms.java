package dev.agentflags.program;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test with real programs: it is of the group "real", and skipped where one of them is not installed. */
@Tag("real")
@ExtendWith(Programs.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WithPrograms {

    /** The commands that start them. */
    String[] value();
}
