/** Operating system processes: signals, free ports, and the agent that injects faults. */
@NullMarked
package dev.handfast.xa.testkit.process;

import org.jspecify.annotations.NullMarked;
