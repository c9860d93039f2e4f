/** How fast messages are received, worked on and sent on, each in one global transaction. */
@NullMarked
package dev.handfast.benchmarks.listening;

import org.jspecify.annotations.NullMarked;
