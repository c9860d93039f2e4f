/** An Artemis broker in a process of its own, and what its queues hold. */
@NullMarked
package dev.handfast.xa.testkit.broker;

import org.jspecify.annotations.NullMarked;
