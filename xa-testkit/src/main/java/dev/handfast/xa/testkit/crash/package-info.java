/** An application in a JVM of its own that is killed at a named step. */
@NullMarked
package dev.handfast.xa.testkit.crash;

import org.jspecify.annotations.NullMarked;
