/**
 * Real parts for tests: a broker in its own process that can be killed, and a look at its queues.
 */
@NullMarked
package dev.handfast.xa.testkit;

import org.jspecify.annotations.NullMarked;
