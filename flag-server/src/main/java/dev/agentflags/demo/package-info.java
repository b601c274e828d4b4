/**
 * What {@code agentflags demo} shows: a server, a few agents in processes of their own, and a change that is rolled out to them and
 * taken back.
 *
 * <p>Start reading at {@link Demo}. The agents talk to no model; everything else is what an application would use.
 */
@NullMarked
package dev.agentflags.demo;

import org.jspecify.annotations.NullMarked;
