/** Tests with programs that have to be installed. */
@NullMarked
package dev.agentflags.program;

import org.jspecify.annotations.NullMarked;
