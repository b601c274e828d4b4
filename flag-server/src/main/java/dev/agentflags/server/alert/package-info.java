/**
 * Alerts that kill: what Alertmanager, Grafana, PagerDuty or a script sends, whether it is really theirs, and what is to be done.
 *
 * <p>{@link dev.agentflags.server.alert.Receivers} is the configuration; {@link dev.agentflags.server.alert.Authenticity} says
 * whether a request counts, {@link dev.agentflags.server.alert.Payload} what it says, and
 * {@link dev.agentflags.server.alert.AlertPolicy} what follows. An alert may kill, or take a rollout a stage back; nothing here can
 * revive or advance. Carrying it out is left to {@code http}.
 */
@NullMarked
package dev.agentflags.server.alert;

import org.jspecify.annotations.NullMarked;
