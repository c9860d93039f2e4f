/** A machine whose disk loses what was not forced, and whose operations fail as a test wants. */
@NullMarked
package dev.handfast.xa.simulated;

import org.jspecify.annotations.NullMarked;
